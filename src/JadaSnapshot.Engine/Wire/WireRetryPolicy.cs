using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace JadaSnapshot.Engine.Wire;

/// <summary>
/// The SDK's standard retries with three changes: every service's word for throttling is known and met with twice the patience, for it
/// says "later" and not "no"; and where nothing answers at all two repetitions are enough, so that a wrong endpoint is reported at once.
/// </summary>
internal sealed class WireRetryPolicy(IClientConfig config) : StandardRetryPolicy(config)
{
    private const int RetriesOfTheUnreachable = 2;
    private const int PatienceWithThrottling = 2;
    private const string Throttled = nameof(Throttled);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    public override bool IsThrottlingError(Exception exception) => exception is WireError { IsThrottling: true };

    public override bool IsTransientError(IExecutionContext executionContext, Exception exception) => exception switch
    {
        WireError error => (int)error.StatusCode >= 500 && error.StatusCode != System.Net.HttpStatusCode.NotImplemented,
        _ => base.IsTransientError(executionContext, exception),
    };

    public override async Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception)
    {
        var context = executionContext.RequestContext;
        if (context.CancellationToken.IsCancellationRequested) return false;
        if (exception is HttpRequestException or TimeoutException && context.Retries >= RetriesOfTheUnreachable) return false;
        context.ContextAttributes[Throttled] = IsThrottlingError(exception);
        if (!await base.RetryForExceptionAsync(executionContext, exception)) return false;
        context.ContextAttributes[nameof(WireRetryPolicy)] = Pause(exception, context.Retries);
        return true;
    }

    public override bool RetryLimitReached(IExecutionContext executionContext) =>
        executionContext.RequestContext.Retries >= MaxRetries * (executionContext.RequestContext.ContextAttributes.TryGetValue(Throttled, out var isThrottled) && isThrottled is true ? PatienceWithThrottling : 1);

    public override Task WaitBeforeRetryAsync(IExecutionContext executionContext)
    {
        var context = executionContext.RequestContext;
        var pause = context.ContextAttributes.TryGetValue(nameof(WireRetryPolicy), out var value) ? (TimeSpan)value : TimeSpan.Zero;
        return Task.Delay(pause, context.CancellationToken);
    }

    private static TimeSpan Pause(Exception exception, int retries)
    {
        var first = exception is WireError { IsThrottling: true } ? 500 : 100;
        var longest = Math.Min(first * Math.Pow(2, retries), LongestPause.TotalMilliseconds);
        var pause = TimeSpan.FromMilliseconds(longest * (0.5 + Random.Shared.NextDouble() / 2));
        var asked = (exception as WireError)?.RetryAfter ?? TimeSpan.Zero;
        return asked > pause ? TimeSpan.FromTicks(Math.Min(asked.Ticks, LongestPause.Ticks)) : pause;
    }
}
