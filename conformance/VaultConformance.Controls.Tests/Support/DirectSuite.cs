using System.Reflection;
using VaultConformance.Controls.Bridge;
using VaultConformance.Controls.Framework;
using VaultConformance.Controls.Suite;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>
/// Judges by calling the methods of the controls, without NUnit's engine around them: thousands of releases are judged that way in the time
/// that hundreds would take. That both ways give the same results is what <see cref="Suite.DirectSuiteTests"/> holds.
/// </summary>
internal static class DirectSuite
{
    private static readonly IReadOnlyList<(ControlDescriptor Control, MethodInfo Method)> Controls =
    [
        .. from type in typeof(ConformanceSuite).Assembly.GetExportedTypes()
           where type.IsSubclassOf(typeof(ControlFixture)) && !type.IsAbstract
           from method in type.GetMethods()
           where method.IsDefined(typeof(ControlAttribute))
           let control = ControlCatalogue.BuiltIn.Find(ControlId.Parse(method.GetCustomAttribute<ControlAttribute>()!.Id))!
           orderby control.Disruptive, control.Id
           select (control, method),
    ];

    /// <summary>The results of all controls of a profile, by id.</summary>
    public static IReadOnlyList<ControlResult> Judge(IObservationSource source, Profile profile)
    {
        var session = new SuiteSession(new Target(source), profile, TimeProvider.System, CancellationToken.None);
        var fixtures = new Dictionary<Type, ControlFixture>();
        foreach (var (control, method) in Controls.Where(item => profile.Controls.ContainsKey(item.Control.Id)))
        {
            var type = method.ReflectedType!;
            if (!fixtures.TryGetValue(type, out var fixture))
            {
                fixtures[type] = fixture = (ControlFixture)Activator.CreateInstance(type)!;
            }

            new ControlExecution(control, new Direct(fixture, method.CreateDelegate<Func<Task>>(fixture)), session).Run();
        }

        return [.. session.Results.Values.OrderBy(result => result.Control.Id)];
    }

    private sealed class Direct(ControlFixture fixture, Func<Task> call) : IControlMethod
    {
        public object Fixture => fixture;

        public Exception? Call()
        {
            try
            {
                call().GetAwaiter().GetResult();
                return null;
            }
#pragma warning disable CA1031 // As in the suite: whatever a control throws becomes its result.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                return exception;
            }
        }
    }
}
