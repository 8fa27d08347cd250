using System.Reflection;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>Builds a test tree of given fixtures only. Sample fixtures are generic, so that this assembly's own run does not see them.</summary>
internal sealed class FixtureBuilder(params Type[] fixtures) : ITestAssemblyBuilder
{
    public ITest Build(Assembly assembly, IDictionary<string, object> options)
    {
        var root = new TestAssembly(assembly, assembly.GetName().Name!);
        foreach (var fixture in fixtures)
        {
            root.Add(new DefaultSuiteBuilder().BuildFrom(new TypeWrapper(fixture)));
        }

        return root;
    }

    public ITest Build(string assemblyName, IDictionary<string, object> options) => throw new NotSupportedException();
}
