using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace JadaSnapshot.Completion;

/// <summary>Completes names. Whatever goes wrong, and whatever takes longer than two seconds, completes nothing, and says nothing.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    // Somebody waits at the terminal, and can do nothing else meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ToAnswer = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var begun = Stopwatch.GetTimestamp();
            var line = CommandLine.Read(commandName, commandAst, fakeBoundParameters);
            var word = new TypedWord(wordToComplete ?? "", line.TakesWildcards(parameterName));
            var left = Patience - Stopwatch.GetElapsedTime(begun);
            using var cap = new CancellationTokenSource(left - ToAnswer);
            var work = Task.Run(() => FindAsync(line, cap.Token));
            return ((IAsyncResult)work).AsyncWaitHandle.WaitOne(left) && work.IsCompletedSuccessfully ? Results(word, work.Result) : [];
        }
        catch (Exception)
        {
            // A Tab is no place for an error.
            return [];
        }
    }

    /// <summary>The names that there are, whether they go with what was typed or not.</summary>
    /// <param name="line">What was typed already.</param>
    /// <param name="cancel">Ends it shortly before nobody waits any more; what is known by then is worth handing out.</param>
    private protected abstract Task<IReadOnlyList<Candidate>> FindAsync(CommandLine line, CancellationToken cancel);

    private static CompletionResult[] Results(TypedWord word, IReadOnlyList<Candidate> candidates) =>
    [
        .. from candidate in candidates
           let text = candidate.TextFor(word)
           where text is not null
           group (candidate, text) by text into same
           let first = same.First()
           select new CompletionResult(word.Quote(first.text), Candidate.Plain(first.candidate.Label), CompletionResultType.ParameterValue, Candidate.Plain(first.candidate.ToolTip)),
    ];
}
