list="https://register.example/api/v1/projects/"
curl --silent --etag-save etag.txt --output projects.json "$list"
curl --silent --etag-compare etag.txt --output again.json \
  --write-out '%{http_code}\n' "$list"
