namespace JadaSnapshot.Sandbox.Estate.Settings;

/// <summary>Makes the key under which snapshots are sealed.</summary>
internal static class KeyBuilder
{
    public static async Task BuildAsync(EstateScript script)
    {
        script.Clock.Set(400);
        var key = await script.RpcAsync("kms", "TrentService.CreateKey", EstateNames.West, new() { ["Description"] = "Seals what snapshots hold of secrets" });
        await script.RpcAsync("kms", "TrentService.CreateAlias", EstateNames.West, new()
        {
            ["AliasName"] = EstateNames.SnapshotKey,
            ["TargetKeyId"] = key["KeyMetadata"]!["KeyId"]!.DeepClone(),
        });
    }
}
