namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>How long things take until they are what they will be. Nothing takes any time unless it is asked for.</summary>
public sealed record Settling
{
    /// <summary>How long no service can assume a new role.</summary>
    public TimeSpan Roles { get; init; }

    /// <summary>How long a new function is pending, and an update of one in progress.</summary>
    public TimeSpan Functions { get; init; }

    /// <summary>How long a table is being created or updated, and an index built.</summary>
    public TimeSpan Tables { get; init; }

    /// <summary>How long a change of a distribution takes to be deployed.</summary>
    public TimeSpan Distributions { get; init; }

    /// <summary>How long the name of a deleted bucket cannot be used again.</summary>
    public TimeSpan Buckets { get; init; }

    /// <summary>How long a certificate that was asked for has no validation record yet.</summary>
    public TimeSpan Certificates { get; init; }

    /// <summary>How long a job of S3 Batch Operations stays in each status that it leaves by itself.</summary>
    public TimeSpan Jobs { get; init; }

    /// <summary>Reads <c>roles=3s,functions=500ms</c>. Names are the properties' own.</summary>
    /// <exception cref="FormatException">It is not of that form; the message says where.</exception>
    public static Settling Parse(string text)
    {
        var settling = new Settling();
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, time) = pair.Split('=') is [var left, var right] ? (left, Duration.Parse(right)) : throw new FormatException($"'{pair}' in '{text}' is not of the form name=time.");
            settling = name.ToLowerInvariant() switch
            {
                "roles" => settling with { Roles = time },
                "functions" => settling with { Functions = time },
                "tables" => settling with { Tables = time },
                "distributions" => settling with { Distributions = time },
                "buckets" => settling with { Buckets = time },
                "certificates" => settling with { Certificates = time },
                "jobs" => settling with { Jobs = time },
                _ => throw new FormatException($"Nothing called '{name}' takes its time; roles, functions, tables, distributions, buckets, certificates and jobs do."),
            };
        }
        return settling;
    }
}
