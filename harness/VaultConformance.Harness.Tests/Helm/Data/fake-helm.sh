#!/bin/sh
# Plays Helm: writes down its arguments and its environment, and answers from files next to the link that it was started by.
here=${0%/*}
for argument; do
    printf '%s\0' "$argument"
done >"$here/calls/$(date +%s%N)-$$"
if [ "$1" = version ]; then env | grep -E '^(HELM_|KUBECONFIG)' >"$here/environment"; fi

# As the real ones do with flags that they do not know.
read -r version <"$here/answers/version.stdout"
for argument; do
    case "$version:$argument" in
        v3.*:--server-side* | v3.*:--rollback-on-failure*)
            echo "Error: unknown flag: ${argument%%=*}" >&2
            exit 1
            ;;
    esac
done

name=$1
case "$1 $2" in
    "get values" | "get manifest" | "show chart") name="$1-$2" ;;
esac
answer="$here/answers/$name"
if [ -f "$answer.sh" ]; then . "$answer.sh"; fi
if [ -s "$answer.stderr" ]; then cat "$answer.stderr" >&2; fi
if [ -s "$answer.stdout" ]; then cat "$answer.stdout"; fi
if [ -f "$answer.exit" ]; then read -r code <"$answer.exit" && exit "$code"; fi
