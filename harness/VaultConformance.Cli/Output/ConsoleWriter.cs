using System.Globalization;
using System.Text;
using VaultConformance.Harness;

namespace VaultConformance.Cli.Output;

/// <summary>
/// A stream of the console that may be gone: closed by whoever started the program, or led to a file on a full disk. What cannot be written
/// to standard output ends the program with one sentence; what cannot be written to standard error reaches nobody in any case.
/// </summary>
/// <param name="next">The stream.</param>
/// <param name="required">True for standard output.</param>
internal sealed class ConsoleWriter(TextWriter next, bool required) : TextWriter(CultureInfo.InvariantCulture)
{
    private bool _gone;

    /// <inheritdoc />
    public override Encoding Encoding => next.Encoding;

    /// <inheritdoc />
    public override void Write(char value) => Try(() => next.Write(value));

    /// <inheritdoc />
    public override void Write(string? value) => Try(() => next.Write(value));

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count) => Try(() => next.Write(buffer, index, count));

    /// <inheritdoc />
    public override void WriteLine() => Try(next.WriteLine);

    /// <inheritdoc />
    public override void WriteLine(string? value) => Try(() => next.WriteLine(value));

    /// <inheritdoc />
    public override void Flush() => Try(next.Flush);

    private void Try(Action write)
    {
        if (_gone)
        {
            return;
        }

        try
        {
            write();
        }
        catch (IOException exception)
        {
            _gone = true;
            if (required)
            {
                throw new HarnessException(
                    FailureKind.Environment,
                    $"Standard output cannot be written: {exception.Message.TrimEnd('.')}. What was written to files is complete. "
                        + "Run again "
                        + "with standard output open, and space where it leads.",
                    exception);
            }
        }
    }
}
