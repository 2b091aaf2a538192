curl "https://register.example/api/v1/projects/?colour=red"
