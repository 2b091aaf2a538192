dumps="https://register.example/data/dumps"
curl --fail --remote-name "$dumps/sha256sums.txt" &&
  file=$(grep --only-matching --max-count=1 'caspian.*\.ndjson\.gz' sha256sums.txt) &&
  curl --fail --remote-name "$dumps/$file" &&
  sha256sum --check --ignore-missing sha256sums.txt
