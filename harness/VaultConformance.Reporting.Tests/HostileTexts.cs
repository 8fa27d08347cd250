namespace VaultConformance.Reporting.Tests;

internal static class HostileTexts
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["empty"] = "",
        ["XML ends"] = "-->--]]></failure>",
        ["table breaks"] = "a|b\n| --- |\r\n# Heading",
        ["terminal colours"] = "\u001b[31mred\u001b[0m\u0007",
        ["control characters"] = "\0\u0001\u0008\u000b\u000c\u007f\u0085\u009b31m",
        ["lone surrogates"] = "\ud800 lone \udc00 surrogates \ud800",
        ["not characters"] = "\ufffe\uffff\ufeff",
        ["directions and invisible breaks"] = "\u202egnp.exe\u2066x\u2069\u200b\u2028next\u2029",
        ["HTML"] = "<script>alert('x')</script><img src=x onerror=alert(1)>",
        ["Markdown"] = "[click](javascript:alert(1)) ![i](http://x/y.png) `code` @someone ~~x~~ $x$",
        ["workflow commands"] = "::error::not a workflow command\n##[error]nor this",
        ["wide characters"] = "emoji 🦀 and 日本語",
        ["very long"] = new string('x', 200_000),
        ["very long and wide"] = string.Concat(Enumerable.Repeat("🦀", 20_000)),
    };

    public static IEnumerable<string> Names => Texts.Keys;

    public static string Of(string name) => Texts[name];
}
