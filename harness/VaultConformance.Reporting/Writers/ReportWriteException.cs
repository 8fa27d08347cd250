namespace VaultConformance.Reporting.Writers;

/// <summary>A report file could not be written. No part of it is left behind.</summary>
public sealed class ReportWriteException : ReportingException
{
    private ReportWriteException(string path, string message, Exception innerException)
        : base(message, [message], innerException)
    {
        Path = path;
    }

    /// <summary>The file that could not be written.</summary>
    public string Path { get; }

    internal static ReportWriteException For(string path, Exception cause) => new(
        path, $"The report could not be written to '{path}': {cause.Message.Split(" : '")[0].TrimEnd('.')}. Free space or choose another "
            + "folder with --output.", cause);
}
