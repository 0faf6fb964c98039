using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>What a sandbox holds when it starts.</summary>
public enum SandboxEstate
{
    /// <summary>The estate that follows from the seed.</summary>
    Full,

    /// <summary>Nothing.</summary>
    Empty,
}

/// <summary>How a sandbox is to be started.</summary>
public sealed record SandboxOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Awaited once before each call is handled.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The estate, the ids and the chances of faults follow from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether callers are held to the services' requests a second.</summary>
    public bool Budgets { get; init; } = true;

    /// <summary>The account number, of twelve digits. The main pair of keys is another for each.</summary>
    public string Account { get; init; } = SandboxWorld.EstateAccount;

    /// <summary>How long new and changed things take.</summary>
    public Settling Settling { get; init; } = new();

    /// <summary>What it holds at the start.</summary>
    public SandboxEstate Estate { get; init; }

    /// <summary>The region that is printed for callers to use.</summary>
    public string Region { get; init; } = "us-west-2";

    /// <summary>Credentials that are accepted beside the main pair.</summary>
    public IReadOnlyList<SandboxCredential> Credentials { get; init; } = [];

    /// <summary>Faults that hold from the start.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Buckets whose objects are made by formula.</summary>
    public IReadOnlyList<SyntheticBucket> SyntheticBuckets { get; init; } = [];

    /// <summary>Empty buckets with Object Lock, as copies of snapshots want them.</summary>
    public IReadOnlyList<string> LockedBuckets { get; init; } = [];

    /// <summary>Roles that S3 Batch Operations may assume.</summary>
    public IReadOnlyList<string> BatchRoles { get; init; } = [];

    /// <summary>Is shown each request with the answer that it gets, from any thread.</summary>
    public Action<ISandboxService, SandboxRequest, SandboxResponse>? OnAnswer { get; init; }

    /// <summary>The clock; tests may set one.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
