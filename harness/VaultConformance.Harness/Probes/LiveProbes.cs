using Microsoft.Extensions.DependencyInjection;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Passive;

namespace VaultConformance.Harness.Probes;

/// <summary>Finds the probes of all kinds: whatever implements <see cref="IProbe{T}"/> takes the kind that yields that fact.</summary>
internal static class LiveProbes
{
    private static readonly Dictionary<Type, Type> ByFact = typeof(LiveProbes).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false })
        .SelectMany(type => type.GetInterfaces().Where(IsProbe).Select(probe => (Fact: probe.GetGenericArguments()[0], Probe: type)))
        .ToDictionary(pair => pair.Fact, pair => pair.Probe);

    /// <summary>The kinds that a probe takes.</summary>
    internal static IEnumerable<ObservationKind> Kinds => ObservationKinds.All.Where(kind => ByFact.ContainsKey(GetFactType(kind)));

    /// <summary>The kinds that are read out of the dump of a container.</summary>
    internal static IEnumerable<ObservationKind> OutOfDumps => Kinds.Where(kind => IsOutOfDump(ByFact[GetFactType(kind)]));

    /// <summary>What every probe may ask for in its constructor; a run adds what it has beyond that.</summary>
    /// <param name="context">The live system.</param>
    internal static IServiceCollection CreateServices(ProbeContext context) => new ServiceCollection()
        .AddSingleton(context)
        .AddSingleton(context.Client)
        .AddSingleton(context.Executor)
        .AddSingleton(context.Limits)
        .AddSingleton(context.TimeProvider)
        .AddSingleton<IPodDumps, PassiveDumps>();

    /// <summary>The probes of some kinds; each is made when it is asked for the first time.</summary>
    /// <param name="probes">Where to.</param>
    /// <param name="kinds">The kinds.</param>
    /// <param name="services">What they ask for in their constructors.</param>
    internal static ProbeSet AddLive(this ProbeSet probes, IEnumerable<ObservationKind> kinds, IServiceProvider services)
    {
        foreach (var kind in kinds)
        {
            var type = ByFact[GetFactType(kind)];
            probes.Add(kind, () => ActivatorUtilities.CreateInstance(services, type));
        }

        return probes;
    }

    private static bool IsOutOfDump(Type? type) =>
        type is not null
            && ((type.IsGenericType && type.GetGenericTypeDefinition() == typeof(PodDumpProbe<>)) || IsOutOfDump(type.BaseType));

    private static Type GetFactType(ObservationKind kind) => kind.GetType().GetGenericArguments()[0];

    private static bool IsProbe(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IProbe<>);
}
