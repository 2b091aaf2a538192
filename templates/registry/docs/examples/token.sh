curl --header "Authorization: Token $TOKEN" \
  "https://register.example/api/v1/sites/SIT-0001/?fields=code,title"
