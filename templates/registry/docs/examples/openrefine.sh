service="https://register.example/reconcile/"
name='{"query": "Sheki Fortress Restoration", "type": "project", "type_strict": "should"}'
curl -w '\n' --data-urlencode "queries={\"q0\": $name}" "$service"
wanted='{"ids": ["PRJ-0001"], "properties": [{"id": "status"}, {"id": "regions"}]}'
curl -w '\n' --data-urlencode "extend=$wanted" "$service"
