namespace VaultConformance.Reporting.Bundles;

/// <summary>Reads streams that may be longer than they say.</summary>
internal static class BoundedStream
{
    private const int MostAtFirst = 1024 * 1024;

    /// <summary>Everything in a stream; null when that is more than allowed. Never holds more than that in memory.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="most">Largest number of bytes.</param>
    /// <param name="expected">Number of bytes that it says it has.</param>
    public static byte[]? ReadAll(Stream stream, long most, long expected)
    {
        // What is only stated makes no room for itself.
        using var content = new MemoryStream((int)Math.Min(expected, MostAtFirst));
        var buffer = new byte[81920];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (content.Length + read > most)
            {
                return null;
            }

            content.Write(buffer.AsSpan(0, read));
        }

        return content.ToArray();
    }
}
