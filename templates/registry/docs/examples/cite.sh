curl https://register.example/projects/PRJ-0001/cite/bibtex/
