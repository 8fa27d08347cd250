using System.Reflection;
using VaultConformance.Controls.Framework;
using VaultConformance.Controls.Pages;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Suite;

/// <summary>All controls of a suite: found by reflection over its fixtures, with the texts of their pages.</summary>
public sealed class ControlCatalogue
{
    private readonly Dictionary<ControlId, ControlDescriptor> _byId;

    private ControlCatalogue(IReadOnlyList<ControlDescriptor> controls, ControlPages pages)
    {
        Pages = pages;
        Controls = controls;
        _byId = controls.ToDictionary(control => control.Id);
    }

    /// <summary>The catalogue of this suite.</summary>
    public static ControlCatalogue BuiltIn { get; } = From(typeof(ControlCatalogue).Assembly.GetExportedTypes(), ControlPages.BuiltIn);

    /// <summary>All controls, ordered by id.</summary>
    public IReadOnlyList<ControlDescriptor> Controls { get; }

    /// <summary>What the documentation says about them.</summary>
    internal ControlPages Pages { get; }

    /// <summary>The control with an id, or null when there is none.</summary>
    /// <param name="id">The id.</param>
    public ControlDescriptor? Find(ControlId id) => _byId.GetValueOrDefault(id);

    /// <summary>The catalogue of some fixtures.</summary>
    /// <param name="types">Types to look through; those that are not fixtures are passed over.</param>
    /// <param name="pages">What the documentation says about their controls.</param>
    /// <exception cref="InvalidOperationException">Two controls have the same id, or one has no page.</exception>
    internal static ControlCatalogue From(IEnumerable<Type> types, ControlPages pages)
    {
        var controls = types
            .Where(type => type.IsSubclassOf(typeof(ControlFixture)) && !type.IsAbstract)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Select(method => method.GetCustomAttribute<ControlAttribute>())
            .OfType<ControlAttribute>()
            .Select(attribute => attribute.Describe(pages))
            .OrderBy(control => control.Id)
            .ToList();
        var doubled =
            controls.GroupBy(control => control.Id).Where(group => group.Count() > 1).Select(group => group.Key.ToString()).ToList();
        return doubled.Count == 0
            ? new ControlCatalogue(controls, pages)
            : throw new InvalidOperationException($"Control ids are used twice: {string.Join(", ", doubled)}.");
    }
}
