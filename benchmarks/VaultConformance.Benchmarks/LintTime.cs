using System.Diagnostics;
using System.Globalization;

namespace VaultConformance.Benchmarks;

/// <summary>How long <c>lint</c> takes from the start of the process to its end, as a commit hook sees it.</summary>
internal static class LintTime
{
    private const int Times = 7;

    /// <summary>Measures it, and says the median.</summary>
    /// <param name="program">The program, <c>vault-conformance.dll</c>.</param>
    /// <param name="values">Values file.</param>
    /// <param name="chart">Chart on this machine.</param>
    /// <param name="output">Where to say it.</param>
    public static async Task SayAsync(string program, string values, string chart, TextWriter output)
    {
        var times = new List<TimeSpan>();
        for (var time = 0; time < Times; time++)
        {
            var started = Stopwatch.GetTimestamp();
            using var process = Process.Start(
                new ProcessStartInfo("dotnet", [program, "lint", values, "--chart", chart, "--quiet"]) { RedirectStandardOutput = true })!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"lint {Path.GetFileName(values)}: median {times.Order().ElementAt(Times / 2).TotalSeconds:0.00} s, fastest "
                + $"{times.Min().TotalSeconds:0.00} s of {Times}, process start included"));
    }
}
