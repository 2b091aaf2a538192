curl --remote-name https://register.example/data/dumps/sha256sums.txt
file=$(grep --only-matching --max-count=1 'caspian.*\.ndjson\.gz' sha256sums.txt)
curl --remote-name "https://register.example/data/dumps/$file"
sha256sum --check --ignore-missing sha256sums.txt
