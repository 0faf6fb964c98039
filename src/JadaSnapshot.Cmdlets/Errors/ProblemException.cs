namespace JadaSnapshot.Errors;

/// <summary>A part of the estate could not be read; the rest went on.</summary>
/// <param name="problem">What could not be read, and why.</param>
public sealed class ProblemException(Problem problem) : Exception(problem.ToString())
{
    /// <summary>What could not be read, and why.</summary>
    public Problem Problem { get; } = problem;
}
