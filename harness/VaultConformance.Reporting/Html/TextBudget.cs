namespace VaultConformance.Reporting.Html;

/// <summary>
/// Bounds how much long text a page carries, so that one system that answers with megabytes does not make the page unusable. What is beyond
/// it is shown cut, and is whole in <c>results.json</c>.
/// </summary>
/// <param name="maximum">Number of characters that the long texts of one page may have together.</param>
public sealed class TextBudget(int maximum)
{
    /// <summary>What a page may carry: two million characters.</summary>
    public const int OfPage = 2_000_000;

    /// <summary>Longest single text, in characters.</summary>
    public const int OfText = 8_000;

    private int _left = maximum;

    /// <summary>Takes a text's length from what is left.</summary>
    /// <param name="text">The text.</param>
    /// <returns>False when not enough is left; nothing is taken then.</returns>
    public bool TryTake(string text)
    {
        if (text.Length > _left)
        {
            return false;
        }

        _left -= text.Length;
        return true;
    }
}
