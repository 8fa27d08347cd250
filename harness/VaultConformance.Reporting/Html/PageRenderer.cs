using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace VaultConformance.Reporting.Html;

/// <summary>Renders a component as a whole page.</summary>
internal static class PageRenderer
{
    /// <summary>The page, with the line ends of all files.</summary>
    /// <typeparam name="T">The component.</typeparam>
    /// <param name="parameter">Name of its only parameter.</param>
    /// <param name="value">Value of it.</param>
    public static async Task<string> RenderAsync<T>(string parameter, object value)
        where T : IComponent
    {
        await using var renderer = new HtmlRenderer(new NoServices(), NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [parameter] = value });
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<T>(parameters);
            return page.ToHtmlString().ReplaceLineEndings("\n") + "\n";
        });
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
