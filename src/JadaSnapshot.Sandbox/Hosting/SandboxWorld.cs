using System.Security.Cryptography;
using JadaSnapshot.Sandbox.Hosting.Faults;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>What all services of one sandbox share: the account, the clock, the ids, and each other.</summary>
public sealed class SandboxWorld(int seed, TimeProvider clock, string account = SandboxWorld.EstateAccount)
{
    /// <summary>The account of the estate.</summary>
    public const string EstateAccount = "782785212866";

    private readonly Random _random = new(account == EstateAccount ? seed : BitConverter.ToInt32(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{seed}/{account}"))));
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ISandboxService> _services = new(StringComparer.Ordinal);

    /// <summary>The account number. Ids follow from it as well, so that what is made again in another account gets other ones.</summary>
    public string Account { get; } = account;

    /// <summary>How long new and changed things take.</summary>
    public Settling Settling { get; init; } = new();

    /// <summary>What goes wrong on purpose.</summary>
    public FaultList Faults { get; } = new(seed);

    /// <summary>The key pairs that callers may sign with.</summary>
    public CredentialStore Credentials { get; } = new();

    /// <summary>Time stamps of new things come from here; the estate sets <see cref="Now"/> back while it is built.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>Set while an estate is being built, so that its things are as old as they should be.</summary>
    public DateTimeOffset? PretendedTime { get; set; }

    /// <summary>The present (UTC), to the second, as services state it.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = PretendedTime ?? Clock.GetUtcNow();
            return DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        }
    }

    /// <summary>When something will be settled that has just begun; what an estate is built of is settled at once.</summary>
    public DateTimeOffset SettledAfter(TimeSpan time) => PretendedTime is null ? Clock.GetUtcNow() + time : default;

    /// <summary>Whether a moment of <see cref="SettledAfter"/> has come.</summary>
    public bool IsSettled(DateTimeOffset settled) => Clock.GetUtcNow() >= settled;

    /// <summary>The root of this sandbox; known once it listens.</summary>
    public string Endpoint { get; set; } = "http://127.0.0.1";

    /// <summary>Makes a service known to the others.</summary>
    public void Add(ISandboxService service) => _services.Add(service.Name, service);

    /// <summary>Makes every service of this assembly known: each <see cref="ISandboxService"/> with a constructor that takes a world.</summary>
    public void AddServices()
    {
        foreach (var type in typeof(SandboxWorld).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ISandboxService)) && !type.IsAbstract)
                     .OrderBy(type => type.FullName, StringComparer.Ordinal))
            if (type.GetConstructor([typeof(SandboxWorld)]) is { } constructor)
                Add((ISandboxService)constructor.Invoke([this]));
    }

    /// <summary>All services.</summary>
    public IReadOnlyCollection<ISandboxService> Services => _services.Values;

    /// <summary>The service of a name, or null.</summary>
    public ISandboxService? Find(string name) => _services.GetValueOrDefault(name);

    /// <summary>The service that a request, signed for this name, is meant for; or null.</summary>
    public ISandboxService? Find(string signingName, SandboxRequest request) =>
        _services.Values.FirstOrDefault(service => service.SigningName == signingName && service.Answers(request));

    /// <summary>Another service of this world, to check a reference with.</summary>
    public T Get<T>() where T : ISandboxService => _services.Values.OfType<T>().Single();

    /// <summary>A new id: upper-case letters and digits, the same for the same seed and order of calls.</summary>
    public string NewId(int length, string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    {
        lock (_lock)
            return string.Create(length, alphabet, (span, letters) =>
            {
                for (var i = 0; i < span.Length; i++) span[i] = letters[_random.Next(letters.Length)];
            });
    }

    /// <summary>A new version-4 UUID from the same source.</summary>
    public string NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock) _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    /// <summary>An id that follows from a text alone.</summary>
    public static string HashId(string text, int length) =>
        Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..length];
}
