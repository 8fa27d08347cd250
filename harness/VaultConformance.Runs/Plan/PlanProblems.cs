using VaultConformance.Harness;

namespace VaultConformance.Runs.Plan;

/// <summary>Everything that is wrong with what a user asked for.</summary>
internal sealed class PlanProblems
{
    private readonly List<string> _problems = [];

    /// <summary>True when nothing is wrong.</summary>
    public bool IsEmpty => _problems.Count == 0;

    /// <summary>Adds a problem.</summary>
    /// <param name="origin">What it is about, for example <c>--chart</c>.</param>
    /// <param name="text">What is wrong and what is right.</param>
    public void Add(string origin, string text) => Add($"{origin}: {text}");

    /// <summary>Adds a problem.</summary>
    /// <param name="sentence">What it is about, what is wrong and what is right.</param>
    public void Add(string sentence)
    {
        // A setting may be read more than once; what is wrong with it is said once.
        if (!_problems.Contains(sentence))
        {
            _problems.Add(sentence);
        }
    }

    /// <summary>Runs a reader of the harness and adds its complaint as a problem.</summary>
    /// <typeparam name="T">What it reads.</typeparam>
    /// <param name="origin">What it is about.</param>
    /// <param name="read">The reader.</param>
    /// <returns>What was read; the default when it complained.</returns>
    public T? Try<T>(string origin, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (HarnessException exception)
        {
            Add(origin, exception.Message);
            return default;
        }
    }

    /// <summary>Ends the run when anything is wrong.</summary>
    /// <exception cref="HarnessException">Something is wrong; the message lists everything.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count == 1)
        {
            throw new HarnessException(FailureKind.Configuration, _problems[0]);
        }

        if (_problems.Count > 1)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"There are {_problems.Count} problems:{string.Concat(_problems.Select(problem => $"\n  {problem}"))}");
        }
    }
}
