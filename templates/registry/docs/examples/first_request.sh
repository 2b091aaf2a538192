curl "https://register.example/api/v1/projects/PRJ-0001/?fields=code,title,status,dates"
