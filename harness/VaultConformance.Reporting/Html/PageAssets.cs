using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace VaultConformance.Reporting.Html;

/// <summary>Style and script of the page, and the policy that lets a browser use these two and nothing else.</summary>
/// <remarks>
/// The only place where markup is put in unencoded: both texts are part of this program, and nothing from a report ever is in them.
/// </remarks>
/// <param name="running">What stands at the top of every printed page.</param>
internal sealed class PageAssets(string running)
{
    private static readonly string[] StyleSheets = ["base.css", "overview.css", "controls.css", "small.css", "print.css"];

    private readonly string _style = string.Concat(StyleSheets.Select(Read)) + WriteRunningHead(running);
    private readonly string _script = Read("report.js");

    /// <summary>The style element.</summary>
    public MarkupString Style => new($"<style>{_style}</style>");

    /// <summary>The script element.</summary>
    public MarkupString Script => new($"<script>{_script}</script>");

    /// <summary>Content Security Policy: no network, no other style, no other script, no form, no frame.</summary>
    public string Policy =>
        $"default-src 'none'; style-src '{HashOf(_style)}'; script-src '{HashOf(_script)}'; img-src data:; base-uri 'none'; "
            + "form-action 'none'";

    // On paper every page says of which run it is. What may come from a tested system is written by code points, and so is only a string;
    // a blank ends each of them.
    private static string WriteRunningHead(string text) =>
        $"\n@media print {{ @page {{ @top-left {{ content: \"{EscapeString(text)}\"; }} "
            + "@bottom-right { content: \"Page \" counter(page) \" of \" counter(pages); } } }\n";

    private static string EscapeString(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value == ' ' ? rune.ToString() : $"\\{rune.Value:X6} "));

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // Line ends as a browser sees them, because it hashes what it has parsed.
    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"Html/{name}")
            ?? throw new InvalidOperationException($"The style or script '{name}' is not embedded in this program.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return "\n" + reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
