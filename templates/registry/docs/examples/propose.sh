if curl --fail-with-body --output answer.json --header "Authorization: Token $TOKEN" \
  --header "Idempotency-Key: change-0001" --header "Content-Type: application/json" \
  --data '{"kind": "change", "code": "PRJ-0001", "version": 1, "values": {"dates": "2025"},
           "evidence_url": "https://museum.example/report"}' \
  https://register.example/api/v1/proposals/
then
  address=$(sed 's/.*"url":"\([^"]*\)".*/\1/' answer.json)
  curl --header "Authorization: Token $TOKEN" "$address"
else
  cat answer.json  # why it was not taken
fi
