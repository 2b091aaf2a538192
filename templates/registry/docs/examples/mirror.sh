.venv/bin/python manage.py mirror https://register.example register.ndjson
