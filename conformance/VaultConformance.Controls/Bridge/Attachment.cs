#pragma warning disable RS0030 // Here alone: NUnit's insides change with its versions.
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace VaultConformance.Controls.Bridge;

/// <summary>An object that travels with the tests that run.</summary>
/// <typeparam name="T">Its type; one object of each can be attached.</typeparam>
/// <remarks>
/// NUnit creates fixtures itself and hands them nothing but strings. The object therefore lies in the property bag of the root of the test
/// tree that is run, where every fixture finds it through its parents. No static state is needed, and two runs in one process cannot mix.
/// </remarks>
internal static class Attachment<T>
    where T : class
{
    private static readonly string PropertyName = $"VaultConformance.{typeof(T).Name}";

    /// <summary>The object that is attached to the test or the set-up that is running; null when there is none.</summary>
    public static T? OfCurrentTest => Find(TestExecutionContext.CurrentContext.CurrentTest);

    /// <summary>Attaches an object to the test or the set-up that is running, and to everything below it.</summary>
    /// <param name="attached">The object.</param>
    public static void ToCurrentTest(T attached) => To(TestExecutionContext.CurrentContext.CurrentTest, attached);

    /// <summary>Attaches an object to a test and everything below it.</summary>
    /// <param name="test">Usually the root of a tree.</param>
    /// <param name="attached">The object.</param>
    public static void To(ITest test, T attached) => test.Properties.Set(PropertyName, attached);

    /// <summary>The object that is attached to a test or one above it; null when there is none.</summary>
    /// <param name="test">A test or suite of the tree that is run.</param>
    public static T? Find(ITest? test)
    {
        for (var current = test; current is not null; current = current.Parent)
        {
            if (current.Properties.Get(PropertyName) is T attached)
            {
                return attached;
            }
        }

        return null;
    }
}
