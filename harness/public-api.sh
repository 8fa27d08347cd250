#!/bin/sh
# Writes what the libraries offer into their PublicAPI.Unshipped.txt, from what the analyzer says of an empty list. Needs the .NET SDK.
set -eu
cd "$(dirname "$0")/.."
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
libraries=$(git ls-files '*/PublicAPI.Shipped.txt' | sed 's#/PublicAPI.Shipped.txt##')

for library in $libraries; do echo '#nullable enable' >"$library/PublicAPI.Unshipped.txt"; done
dotnet build conformance/VaultConformance.Controls -v q --no-incremental --disable-build-servers -p:TreatWarningsAsErrors=false -p:PublicApiLog="$log" -clp:ErrorsOnly
for library in $libraries; do
    {
        echo '#nullable enable'
        grep -oE '"APIName": "([^"\\]|\\.)*"' "$log/${library##*/}.sarif" \
            | sed -e 's/^"APIName": "//' -e 's/"$//' -e 's/\\u003[cC]/</g' -e 's/\\u003[eE]/>/g' -e "s/\\\\u0027/'/g" -e 's/\\u0026/\&/g' -e 's/\\"/"/g' -e 's/\\\\/\\/g' \
            | LC_ALL=C sort -u || true
    } >"$library/PublicAPI.Unshipped.txt"
    echo "$library: $(wc -l <"$library/PublicAPI.Unshipped.txt") lines"
done
