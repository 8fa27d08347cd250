using System.Reflection;
using VaultConformance.Controls.Framework;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Suite;

/// <summary>All controls of a suite, found by reflection over its fixtures.</summary>
public sealed class ControlCatalogue
{
    private readonly Dictionary<ControlId, ControlDescriptor> _byId;

    // Read when a report needs them: no verb should start later for pages that it does not show.
    private readonly Lazy<IReadOnlyDictionary<ControlId, ControlGuide>> _guides = new(ControlGuides.Read);

    private ControlCatalogue(IReadOnlyList<ControlDescriptor> controls)
    {
        Controls = controls;
        _byId = controls.ToDictionary(control => control.Id);
    }

    /// <summary>The catalogue of this suite.</summary>
    public static ControlCatalogue BuiltIn { get; } = Of(typeof(ControlCatalogue).Assembly.GetExportedTypes());

    /// <summary>All controls, ordered by id.</summary>
    public IReadOnlyList<ControlDescriptor> Controls { get; }

    /// <summary>The control with an id, or null when there is none.</summary>
    /// <param name="id">The id.</param>
    public ControlDescriptor? Find(ControlId id) => _byId.GetValueOrDefault(id);

    /// <summary>A control together with what its page says.</summary>
    /// <param name="control">The control.</param>
    public ControlDescriptor Documented(ControlDescriptor control)
    {
        ArgumentNullException.ThrowIfNull(control);
        return control with { Guide = _guides.Value.GetValueOrDefault(control.Id) };
    }

    /// <summary>The catalogue of some fixtures.</summary>
    /// <param name="types">Types to look through; those that are not fixtures are passed over.</param>
    /// <exception cref="InvalidOperationException">Two controls have the same id.</exception>
    internal static ControlCatalogue Of(IEnumerable<Type> types)
    {
        var controls = types
            .Where(type => type.IsSubclassOf(typeof(ControlFixture)) && !type.IsAbstract)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Select(method => method.GetCustomAttribute<ControlAttribute>())
            .OfType<ControlAttribute>()
            .Select(attribute => attribute.Describe())
            .OrderBy(control => control.Id)
            .ToList();
        var doubled = controls.GroupBy(control => control.Id).Where(group => group.Count() > 1).Select(group => group.Key.ToString()).ToList();
        return doubled.Count == 0
            ? new ControlCatalogue(controls)
            : throw new InvalidOperationException($"Control ids are used twice: {string.Join(", ", doubled)}.");
    }
}
