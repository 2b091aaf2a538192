if answer=$(curl --fail-with-body --header "Authorization: Token $TOKEN" \
  --header "Idempotency-Key: change-0001" --header "Content-Type: application/json" \
  --data '{"kind": "change", "code": "PRJ-0001", "version": 1, "values": {"dates": "2025"},
           "evidence_url": "https://museum.example/report"}' \
  https://register.example/api/v1/proposals/)
then
  address=$(printf '%s' "$answer" | sed 's/.*"url":"\([^"]*\)".*/\1/')
  curl --header "Authorization: Token $TOKEN" "$address"
else
  printf '%s\n' "$answer"  # why it was not taken
fi
