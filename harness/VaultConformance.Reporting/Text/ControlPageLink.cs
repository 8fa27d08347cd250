using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Text;

/// <summary>Where the page of a control is in the repository.</summary>
internal static class ControlPageLink
{
    /// <summary>File and section, for example <c>docs/controls/CORE.md#core-1-the-title</c>.</summary>
    /// <param name="control">The control.</param>
    public static string Write(ControlDescriptor control) =>
        $"docs/controls/{control.Id.Family}.md#{Slug($"{control.Id} {control.Title}")}";

    // As Markdown renderers make it of a heading.
    private static string Slug(string heading) => string.Concat(heading.ToLowerInvariant()
        .Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')
        .Select(character => character == ' ' ? '-' : character));
}
