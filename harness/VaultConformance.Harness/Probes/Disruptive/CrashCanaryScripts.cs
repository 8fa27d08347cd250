using System.Globalization;
using System.Text.RegularExpressions;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Scripts that run in the throw-away replica, and how their output is read.</summary>
internal static partial class CrashCanaryScripts
{
    /// <summary>Prints PID, core limit and core pattern of the server.</summary>
    internal const string FindServer =
        $$"""
        for directory in /proc/[0-9]*; do
          read -r name < "$directory/comm" || continue
          case "$name" in {{ServerProduct.Programs}}) ;; *) continue ;; esac
          case "$(cat -v "$directory/cmdline")" in *'^@server^@'*) ;; *) continue ;; esac
          echo "pid ${directory#/proc/}"
          while read -r line; do case "$line" in 'Max core file size'*) echo "$line" ;; esac; done < "$directory/limits"
          echo "pattern $(cat /proc/sys/kernel/core_pattern)"
          break
        done 2>/dev/null
        """;

    /// <summary>
    /// Prints core files: ELF files of type 4, whatever they are called, and files that are called as the kernel calls them, whatever is in
    /// them. It looks in the working directory, where <c>core_pattern</c> points, and in every writable mount and one folder below. In an
    /// image without <c>od</c> it prints all files, so that what was there before the crash has to be left out.
    /// </summary>
    internal const string FindCores =
        """
        pattern=$(cat /proc/sys/kernel/core_pattern)
        look() {
          [ -f "$1" ] && [ ! -L "$1" ] || return
          case "${1##*/}" in core | core.[0-9]*) echo "$1"; return ;; esac
          if command -v od >/dev/null; then
            case "$(od -An -tx1 -N 18 "$1" 2>/dev/null)" in *'7f 45 4c 46'*'04 00'*) echo "$1" ;; esac
          else
            echo "$1"
          fi
        }
        list() { for file in "$1"/* "$1"/.[!.]*; do look "$file"; done; }
        list /
        list .
        case "$pattern" in /*) list "${pattern%/*}" ;; esac
        while read -r _ point _ options _; do
          case "$options" in rw*) ;; *) continue ;; esac
          case "$point" in /proc | /proc/* | /sys | /sys/*) continue ;; esac
          list "$point"
          for folder in "$point"/*/; do list "${folder%/}"; done
        done < /proc/mounts
        true
        """;

    /// <summary>Reads what <see cref="FindServer"/> printed; null when there is no server yet.</summary>
    internal static CanaryServer? ReadServer(string output)
    {
        var match = Form.Match(output);
        return match.Success
            ? new CanaryServer(
                int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
                new ResourceLimit(Limit(match.Groups[2].Value), Limit(match.Groups[3].Value)),
                match.Groups[4].Value.Trim())
            : null;
    }

    private static ulong? Limit(string text) => text == "unlimited" ? null : ulong.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"pid (\d+)\s+Max core file size\s+(\d+|unlimited)\s+(\d+|unlimited)\s+bytes\s+pattern ([^\n]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}

/// <summary>The server in the throw-away replica.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="CoreLimit">Its core limit.</param>
/// <param name="CorePattern">The kernel's core pattern.</param>
internal sealed record CanaryServer(int Pid, ResourceLimit CoreLimit, string CorePattern);
