namespace VaultConformance.OfflineKit.Engine;

/// <summary>The end of a program's output, for messages.</summary>
internal static class LastLines
{
    private const int Count = 12;

    public static string Take(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0
            ? "(it printed nothing)"
            : string.Join(Environment.NewLine, lines.TakeLast(Count).Select(line => "  " + line));
    }

    public static string ReadFile(string path) => File.Exists(path) ? Take(ReadShared(path)) : "(no log was written)";

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}
