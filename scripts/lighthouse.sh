#!/usr/bin/env bash
# Lighthouse on the public pages of a running assistant: accessibility and best practices 100, performance 95 or more.
# Usage: scripts/lighthouse.sh [ADDRESS] (default http://127.0.0.1:8080). Needs Node with npm, and Chromium; the rest of the project does not.
set -euo pipefail
address=${1:-http://127.0.0.1:8080}
version=12.8.2  # the last line that runs on Node 18 to 24
command -v npx >/dev/null || { echo "lighthouse: npx is missing (install Node with npm)"; exit 3; }
CHROME_PATH=${CHROME_PATH:-$(command -v chromium || command -v google-chrome || true)}
[ -n "$CHROME_PATH" ] || { echo "lighthouse: Chromium is missing (apt-get install chromium)"; exit 3; }
export CHROME_PATH
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
for page in / /confidentialite /accessibilite; do
  for form in mobile desktop; do
    report=$folder/report.json
    preset=(); [ "$form" = desktop ] && preset=(--preset=desktop)
    npx --yes "lighthouse@$version" "$address$page" "${preset[@]}" --quiet --output=json --output-path="$report" \
      --only-categories=performance,accessibility,best-practices --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-quic"
    node -e '
      const { categories, audits } = JSON.parse(require("fs").readFileSync(process.argv[1]));
      const score = (name) => Math.round(categories[name].score * 100);
      const [fast, open, sound] = ["performance", "accessibility", "best-practices"].map(score);
      console.log(`${process.argv[2].padEnd(8)} ${process.argv[3].padEnd(18)} performance ${fast}  accessibility ${open}  best practices ${sound}`);
      const weak = ["accessibility", "best-practices"].flatMap((name) => categories[name].auditRefs).map(({ id }) => audits[id]);
      for (const audit of weak.filter((audit) => audit.score !== null && audit.score < 1)) console.log(`  ${audit.id}: ${audit.title}`);
      process.exit(fast >= 95 && open === 100 && sound === 100 ? 0 : 1);
    ' "$report" "$form" "$page" || failed=1
  done
done
exit $failed
