#!/bin/sh
# The front door: builds the program when that is needed, then runs it. run.ps1 does the same in the same words.
# Usage: ./run.sh [verb] [options]; ./run.sh --help lists the verbs. One verb, 'test', is not the program's: it starts the test runner.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
program=$root/artifacts/bin/VaultConformance.Cli/debug/vault-conformance.dll
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$1" >&2; }

# Help, version and completion never build: what was built answers, however old it is.
only_asks() {
    case "${1:-}" in help | version | --version | completion | complete) return 0 ;; esac
    for word in "$@"; do
        case "$word" in --help | -h) return 0 ;; esac
    done
    return 1
}

# What there is to say before anything was built.
introduce() {
    printf '%s\n' "VaultConformance verifies that a HashiCorp Vault installation on Kubernetes really runs hardened." \
        "Usage: [verb] [options]. Start with 'doctor', then 'run my-values.yaml'; 'test' runs the tests of VaultConformance itself." \
        "It is not built yet: any verb but 'help' and 'version' builds it first (.NET 10 SDK, one to three minutes); then '--help' shows everything."
}
# The test runner is built by the first 'test' only.
introduce_tests() {
    printf '%s\n' "Runs the tests of VaultConformance itself, those in a browser and on a cluster included." \
        "Usage: test [options]. The first start builds them all (.NET 10 SDK, a few minutes)." \
        "  --no-cluster  Only the tests that need no Docker and no cluster." \
        "  --matrix      Also install every known-bad values file on a cluster (about a quarter of an hour)." \
        "  --no-setup    Install nothing on this machine: without a Chromium the tests that need one are skipped."
}

# An SDK is recognised by its folder, because asking dotnet would take longer than everything else here.
find_dotnet() {
    if [ -n "${DOTNET_ROOT:-}" ]; then set -- "$DOTNET_ROOT/dotnet"; else
        set -- "$(command -v dotnet || true)" "${HOME:-}/.dotnet/dotnet" /usr/lib/dotnet/dotnet /usr/share/dotnet/dotnet /usr/local/share/dotnet/dotnet
    fi
    for candidate in "$@"; do
        real=$(readlink -f "$candidate" 2>/dev/null || printf '%s' "$candidate")
        for sdk in "$(dirname -- "$real")"/sdk/10.*; do
            if [ -x "$candidate" ] && [ -d "$sdk" ]; then printf '%s' "$candidate"; return; fi
        done
    done
}

# Whether a source is newer than what was built from it. $1: what was built; $2: folders left out; others: folders of sources.
is_stale() {
    built=$1 without=$2
    shift 2
    [ -f "$built" ] || return 0
    [ -n "$(find "$@" "$root"/*.props "$root"/*.targets "$root/global.json" -name "$without" -prune -o \
        \( -type d -o -name '*.cs' -o -name '*.razor' -o -name '*.css' -o -name '*.js' -o -name '*.md' \
        -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.json' -o -name '*.yaml' \) -newer "$built" -print -quit)" ]
}

# The Vault client library is used where the package feed has it; the answer is remembered.
fetch_vault_client() {
    cache=${VAULT_CONFORMANCE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/vault-conformance}
    [ ! -e "$cache/vaultsharp-1.17.5.1" ] || return 0
    answer=$("$dotnet" package download VaultSharp@1.17.5.1 2>&1) && answer=downloaded || true
    case "$answer" in
        downloaded) ;;
        *NotFound*) answer='not in the feed' ;;
        *) return 0 ;;
    esac
    mkdir -p "$cache" && printf '%s\n' "$answer" >"$cache/vaultsharp-1.17.5.1"
}

# $1: what to build; $2: file that is written when it is built.
build() {
    say 'Building (first start, or sources have changed) ...'
    fetch_vault_client
    mkdir -p "$root/artifacts" && touch "$2.new"
    if ! output=$("$dotnet" build "$root/$1" --disable-build-servers --verbosity quiet 2>&1); then
        say "$output"
        say "Error: $1 could not be built; what the compiler said is above."
        exit 4
    fi
    mv "$2.new" "$2"
}

if [ "${1:-}" = help ] && [ "${2:-}" = test ]; then set -- test --help; fi
stamp=$root/artifacts/built-program
if [ "${1:-}" = test ]; then program=$root/artifacts/bin/VaultConformance.TestRunner/debug/VaultConformance.TestRunner.dll; fi
dotnet=$(find_dotnet)
if only_asks "$@" && { [ -z "$dotnet" ] || [ ! -f "$program" ]; }; then
    if [ "${1:-}" = test ]; then introduce_tests; else introduce; fi
    exit 0
fi
if [ -z "$dotnet" ]; then
    say 'Error: The .NET 10 SDK was not found. Install it from https://dotnet.microsoft.com/download, or name its folder in DOTNET_ROOT.'
    exit 4
fi

if only_asks "$@"; then :; elif [ "${1:-}" = test ]; then
    all=$root/artifacts/built-all
    if is_stale "$all" '' "$root/harness" "$root/conformance" "$root/docs/controls" "$root/fixtures"; then build VaultConformance.sln "$all" && cp -p "$all" "$stamp"; fi
else
    if [ ! -f "$stamp" ] || [ "$program" -nt "$stamp" ]; then newest=$program; else newest=$stamp; fi
    if [ ! -f "$program" ] || is_stale "$newest" '*.Test*' "$root/harness" "$root/conformance" "$root/docs/controls"; then build harness/VaultConformance.Cli "$stamp"; fi
fi
case "${1:-} ${2:-}" in
    '--help ' | '-h ' | 'help ') "$dotnet" "$program" "$@" && printf '%s\n' "And 'test' runs the tests of VaultConformance itself; 'test --help' describes it." ;;
    *) exec "$dotnet" "$program" "$@" ;;
esac
