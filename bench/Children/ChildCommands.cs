namespace JadaSnapshot.Bench.Children;

/// <summary>What this program does as a child of itself, so that it is measured as a process of its own. Where to connect stands in the environment.</summary>
internal static class ChildCommands
{
    public static async Task<bool> TryRunAsync(string[] args, CancellationToken cancel)
    {
        switch (args)
        {
            case ["sync", var bucket, var folder]: await SyncChild.RunAsync(bucket, folder, planOnly: false, cancel); return true;
            case ["plan", var bucket, var folder]: await SyncChild.RunAsync(bucket, folder, planOnly: true, cancel); return true;
            case ["count", var bucket]: await CountChild.RunAsync(bucket, fromInventory: false, cancel); return true;
            case ["count-from-inventory", var bucket]: await CountChild.RunAsync(bucket, fromInventory: true, cancel); return true;
            case ["capture", var folder, var budgets, var order]: await CaptureChild.RunAsync(folder, budgets == "budgets", order == "one-at-a-time", cancel); return true;
            default: return false;
        }
    }
}
