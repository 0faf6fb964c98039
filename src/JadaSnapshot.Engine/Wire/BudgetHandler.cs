using System.Diagnostics;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Lets every attempt, first or repeated, wait for its place in the service's budget, and times what it then takes.</summary>
internal sealed class BudgetHandler(RequestBudgets budgets, AwsService service, Uri endpoint) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var call = (WireCall)executionContext.RequestContext.OriginalRequest;
        var budget = budgets.For(service, call.Request.Operation, endpoint);
        if (budget is not null) await budget.WaitAsync(executionContext.RequestContext.CancellationToken);
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await base.InvokeAsync<T>(executionContext);
        }
        catch (WireError error) when (error.IsThrottling)
        {
            budget?.BackOff();
            throw;
        }
        finally
        {
            call.AddAttempt(Stopwatch.GetElapsedTime(started));
        }
    }
}
