service="https://register.example/reconcile/"
name='{"query": "Sheki Fortress Restoration", "type": "project", "limit": 3}'
curl -w '\n' --data-urlencode "queries={\"q0\": $name}" "$service"
wanted='{"ids": ["PRJ-0001"], "properties": [{"id": "status"}, {"id": "regions"}]}'
curl -w '\n' --data-urlencode "extend=$wanted" "$service"
