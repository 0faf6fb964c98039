using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lightsail;

/// <summary>
/// Makes instances anew from snapshots that Lightsail keeps of them, with the disks that were attached, and gives them ports, tags and static addresses.
/// Such a snapshot stays in its account and region: elsewhere there is nothing to make an instance from.
/// </summary>
internal sealed class LightsailRestorer : Restorer
{
    private const string StaticIp = "static-ip", Disk = "disk", KeyPair = "key-pair", Snapshot = "instance-snapshot", Domain = "domain";
    private const string Found = "NotFoundException";

    public override string Layer => LightsailLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [.. LightsailKind.All.Select(kind => kind.Name)];

    public override RestorePhase Phase => RestorePhase.Instances;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(InstanceView.Document, (work, cancel) => PutTagsAsync(work, "GetInstance", "instanceName", "instance", work.Documents.Json(InstanceView.Document).Member("instance"), cancel)),
        new(InstanceView.Ports, PutPortsAsync),
        new(InstanceView.Snapshot, (_, _) => Task.CompletedTask) { IsInCreate = true, RemoveAsync = (_, _) => Task.CompletedTask },
        new("static-ip.json", AttachAsync),
        new("disk.json", PutDiskAsync),
        new("domain.json", PutEntriesAsync),
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new("*", "*createdAt", "is the time at which it was made"),
        new("*", "*arn", "is given by Lightsail"),
        new("*", "*Arn", "is given by Lightsail"),
        new(InstanceView.Document, "instance.privateIpAddress", "is given by Lightsail"),
        new(InstanceView.Document, "instance.publicIpAddress", "is given by Lightsail, or that of the static address"),
        new(InstanceView.Document, "instance.ipv6Addresses*", "is given by Lightsail"),
        new(InstanceView.Document, "instance.networking.ports*", "is said by the port states"),
        new(InstanceView.Document, "instance.isStaticIp", "is said by the static address"),
        new(InstanceView.Snapshot, "*", "is the snapshot that was made with this one"),
        new("static-ip.json", "ipAddress", "is given by Lightsail"),
        new("disk.json", "iops", "goes with the size of a disk"),
        new("domain.json", "domainEntries*id", "is given by Lightsail"),
    ];

    public override int Rank(string kind) => kind == LightsailKind.Instance ? 0 : 1;

    public override Naming Naming(string kind) => kind == Domain ? Recovery.Naming.Fixed : Recovery.Naming.Chosen;

    public override bool CanDelete(string kind) => kind is StaticIp or Domain;

    public override string? WhyNot(RestoreWork work) => work.Resource.Kind switch
    {
        LightsailKind.Instance when !IsAtHome(work) => $"Lightsail makes an instance only from a snapshot of its own account and region, where {work.Resource.Name} is: aws lightsail export-snapshot takes one out to EC2",
        LightsailKind.Instance when SnapshotOf(work, work.Resource.Name) is null => "no snapshot of it is known to make it from: New-JadaSnapshot -IncludeInstanceSnapshot has Lightsail make one",
        Disk when !IsAtHome(work) => "its content lies in snapshots of Lightsail, which stay in their account and region",
        Disk when work.Original.Json("disk.json").Text("attachedTo") is not { } owner || SnapshotOf(work, owner) is null => "no snapshot of an instance that it was attached to is known: aws lightsail create-disk-from-snapshot makes it from one of its own",
        StaticIp when !IsAtHome(work) && work.Original.Json("static-ip.json").Text("attachedTo") is { } owner => $"it belongs to {owner}, which cannot be made there",
        Snapshot => "it is data that Lightsail keeps, and that nobody can write",
        KeyPair => "Lightsail shows its private half once, when it is made, and its public half never: aws lightsail import-key-pair takes one that you have",
        _ => null,
    };

    // An instance of which no snapshot is known was not captured as it could have been.
    public override bool IsBeyondSnapshots(RestoreWork work) => work.Resource.Kind switch
    {
        LightsailKind.Instance => SnapshotOf(work, work.Resource.Name) is not null,
        Disk => work.Original.Json("disk.json").Text("attachedTo") is { } owner && SnapshotOf(work, owner) is not null,
        _ => true,
    };

    public override string? WhyFixed(string kind, string document, string path) => (document, path) switch
    {
        (InstanceView.Document, _) when !path.StartsWith("instance.tags", StringComparison.Ordinal) => "what an instance is made of cannot be changed while it is there; make a new one from its snapshot",
        ("key-pair.json" or "instance-snapshot.json", _) => "it cannot be changed",
        ("disk.json", "sizeInGb") => "it cannot be changed while the disk is there",
        _ => null,
    };

    public override Task CreateAsync(RestoreWork work, CancellationToken cancel) => work.Resource.Kind switch
    {
        LightsailKind.Instance => CreateInstanceAsync(work, cancel),
        StaticIp => AllocateAsync(work, cancel),
        Disk => FindDiskAsync(work, cancel),
        _ => CreateDomainAsync(work, cancel),
    };

    public override async Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        if (work.Resource.Kind == StaticIp && work.Live.Json("static-ip.json").Flag("isAttached") == true) await SendAsync(work, JsonRequest.Of("DetachStaticIp", ("staticIpName", work.RequiredId)), cancel);
        await SendAsync(work, work.Resource.Kind == StaticIp ? JsonRequest.Of("ReleaseStaticIp", ("staticIpName", work.RequiredId)) : JsonRequest.Of("DeleteDomain", ("domainName", work.RequiredId)), cancel);
    }

    private static async Task CreateInstanceAsync(RestoreWork work, CancellationToken cancel)
    {
        var instance = work.Documents.Json(InstanceView.Document).Member("instance");
        var snapshot = SnapshotOf(work, work.Resource.Name)!;
        // A call whose answer was lost has made it.
        if (await FindAsync(work, "GetInstance", "instanceName", "instance", cancel) is { ValueKind: JsonValueKind.Undefined })
        {
            var described = (await SendAsync(work, JsonRequest.Of("GetInstanceSnapshot", ("instanceSnapshotName", snapshot)), cancel)).Json().Member("instanceSnapshot");
            var disks = await DisksAsync(work, described, cancel);
            await SendOnceAsync(work, JsonRequest.Of("CreateInstancesFromSnapshot", json =>
            {
                json.WriteStartArray("instanceNames");
                json.WriteStringValue(work.Name);
                json.WriteEndArray();
                json.WriteString("instanceSnapshotName", snapshot);
                json.WriteString("availabilityZone", instance.Member("location").Text("availabilityZone"));
                json.WriteVerbatim("bundleId", instance.Member("bundleId"));
                json.WriteVerbatim("tags", instance.Member("tags"));
                json.WriteVerbatim("ipAddressType", instance.Member("ipAddressType"));
                if (instance.Text("sshKeyName") is { } key && key != "LightsailDefaultKeyPair") json.WriteString("keyPairName", key);
                WriteDisks(json, work, disks);
            }), async () => (await FindAsync(work, "GetInstance", "instanceName", "instance", cancel)).ValueKind == JsonValueKind.Object, cancel);
        }
        var made = await Waiting.LookAsync(() => FindAsync(work, "GetInstance", "instanceName", "instance", cancel), seen => seen.Member("state").Text("name") is not (null or "pending"), work.Target.Patience, cancel);
        work.Created(work.Name, made.Text("arn"));
        if (made.Member("state").Text("name") is "pending" or null) work.Note($"{work.Name} is not running yet. Lightsail goes on making it.");
        work.Note($"{work.Name} was made from {snapshot}, with the address {made.Text("publicIpAddress")}: what was changed since that snapshot was made is not in it.");
    }

    // Disks that were attached when the snapshot was made come with it, by the names that they had; those that are still there are newer.
    private static async Task<List<JsonElement>> DisksAsync(RestoreWork work, JsonElement snapshot, CancellationToken cancel)
    {
        List<JsonElement> disks = [];
        foreach (var disk in snapshot.Items("fromAttachedDisks").Where(disk => disk.Flag("isSystemDisk") != true && disk.Text("path") is not null && disk.Text("name") is not null))
            if ((await FindAsync(work, "GetDisk", "diskName", "disk", cancel, work.Map.Name(disk.Text("name")!))).ValueKind == JsonValueKind.Undefined) disks.Add(disk);
        return disks;
    }

    private static void WriteDisks(Utf8JsonWriter json, RestoreWork work, List<JsonElement> disks)
    {
        if (disks.Count == 0) return;
        json.WriteStartObject("attachedDiskMapping");
        json.WriteStartArray(work.Name);
        foreach (var disk in disks)
        {
            json.WriteStartObject();
            json.WriteString("originalDiskPath", disk.Text("path"));
            json.WriteString("newDiskName", work.Map.Name(disk.Text("name") ?? ""));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task FindDiskAsync(RestoreWork work, CancellationToken cancel)
    {
        var disk = await Waiting.LookAsync(() => FindAsync(work, "GetDisk", "diskName", "disk", cancel), seen => seen.Text("state") is not (null or "pending"), work.Target.Patience, cancel);
        if (disk.Text("state") is null or "pending" or "error")
            throw new ServiceException($"The disk {work.Name} did not come with the snapshot of {work.Original.Json("disk.json").Text("attachedTo")}.") { Kind = FailureKind.NotFound, Code = Found, Service = "lightsail", Operation = "GetDisk" };
        work.Created(work.Name, disk.Text("arn"));
    }

    private static async Task PutDiskAsync(RestoreWork work, CancellationToken cancel)
    {
        var (wanted, live) = (work.Documents.Json("disk.json"), await FindAsync(work, "GetDisk", "diskName", "disk", cancel));
        if (wanted.Text("attachedTo") is { } owner && live.Text("attachedTo") != owner)
        {
            if (live.Flag("isAttached") == true) throw new ServiceException($"The disk {work.Name} is attached to {live.Text("attachedTo")}, which has to be stopped first.") { Kind = FailureKind.Other, Code = "InvalidInput", Service = "lightsail", Operation = "AttachDisk" };
            await SendOnceAsync(work, JsonRequest.Of("AttachDisk", ("diskName", work.RequiredId), ("instanceName", owner), ("diskPath", wanted.Text("path"))), async () => (await FindAsync(work, "GetDisk", "diskName", "disk", cancel)).Text("attachedTo") == owner, cancel);
        }
        await PutTagsAsync(work, "GetDisk", "diskName", "disk", wanted, cancel);
    }

    private static async Task AllocateAsync(RestoreWork work, CancellationToken cancel)
    {
        var made = await FindAsync(work, "GetStaticIp", "staticIpName", "staticIp", cancel);
        if (made.ValueKind == JsonValueKind.Undefined)
        {
            await SendOnceAsync(work, JsonRequest.Of("AllocateStaticIp", ("staticIpName", work.Name)), async () => (await FindAsync(work, "GetStaticIp", "staticIpName", "staticIp", cancel)).ValueKind == JsonValueKind.Object, cancel);
            made = await FindAsync(work, "GetStaticIp", "staticIpName", "staticIp", cancel);
        }
        work.Created(work.Name, made.Text("arn"));
        work.Note($"{work.Name} is {made.Text("ipAddress")} now, and was {work.Original.Json("static-ip.json").Text("ipAddress")}: DNS records and whatever else names the address have to be changed.");
    }

    private static async Task AttachAsync(RestoreWork work, CancellationToken cancel)
    {
        var (owner, live) = (work.Documents.Json("static-ip.json").Text("attachedTo"), await FindAsync(work, "GetStaticIp", "staticIpName", "staticIp", cancel));
        if (owner == live.Text("attachedTo")) return;
        if (live.Flag("isAttached") == true) await SendAsync(work, JsonRequest.Of("DetachStaticIp", ("staticIpName", work.RequiredId)), cancel);
        if (owner is not null) await SendOnceAsync(work, JsonRequest.Of("AttachStaticIp", ("staticIpName", work.RequiredId), ("instanceName", owner)), async () => (await FindAsync(work, "GetStaticIp", "staticIpName", "staticIp", cancel)).Text("attachedTo") == owner, cancel);
    }

    private static Task<WireResponse> PutPortsAsync(RestoreWork work, CancellationToken cancel) => SendAsync(work, JsonRequest.Of("PutInstancePublicPorts", json =>
    {
        json.WriteString("instanceName", work.RequiredId);
        json.WriteStartArray("portInfos");
        foreach (var port in work.Documents.Json(InstanceView.Ports).Items("portStates").Where(port => port.Text("state") != "closed"))
        {
            json.WriteStartObject();
            foreach (var member in port.EnumerateObject())
                if (member.Name != "state") json.WriteVerbatim(member.Name, member.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }), cancel);

    private static async Task CreateDomainAsync(RestoreWork work, CancellationToken cancel)
    {
        var made = await FindAsync(work, "GetDomain", "domainName", "domain", cancel);
        if (made.ValueKind == JsonValueKind.Undefined)
        {
            await SendOnceAsync(work, JsonRequest.Of("CreateDomain", json =>
            {
                json.WriteString("domainName", work.Name);
                json.WriteVerbatim("tags", work.Documents.Json("domain.json").Member("tags"));
            }), async () => (await FindAsync(work, "GetDomain", "domainName", "domain", cancel)).ValueKind == JsonValueKind.Object, cancel);
            made = await FindAsync(work, "GetDomain", "domainName", "domain", cancel);
        }
        work.Created(work.Name, made.Text("arn"));
        work.Note($"The registrar of {work.Name} has to name {string.Join(", ", made.Items("domainEntries").Where(entry => entry.Text("type") == "NS").Select(entry => entry.Text("target")))}.");
    }

    // Its name servers are its own.
    private static async Task PutEntriesAsync(RestoreWork work, CancellationToken cancel)
    {
        var wanted = Entries(work.Documents.Json("domain.json"));
        var live = Entries(await FindAsync(work, "GetDomain", "domainName", "domain", cancel));
        foreach (var (key, entry) in live)
            if (!wanted.ContainsKey(key)) await SendEntryAsync("DeleteDomainEntry", entry);
        foreach (var (key, entry) in wanted)
            if (!live.ContainsKey(key)) await SendEntryAsync("CreateDomainEntry", entry);
        await PutTagsAsync(work, "GetDomain", "domainName", "domain", work.Documents.Json("domain.json"), cancel);

        Task SendEntryAsync(string operation, JsonElement entry) => SendAsync(work, JsonRequest.Of(operation, json =>
        {
            json.WriteString("domainName", work.RequiredId);
            json.WriteStartObject("domainEntry");
            foreach (var member in entry.EnumerateObject())
                if (member.Name != "id" || operation == "DeleteDomainEntry") json.WriteVerbatim(member.Name, member.Value);
            json.WriteEndObject();
        }), cancel);

        static Dictionary<string, JsonElement> Entries(JsonElement domain) => domain.Items("domainEntries").Where(entry => entry.Text("type") is not ("NS" or "SOA"))
            .GroupBy(entry => $"{entry.Text("name")} {entry.Text("type")} {entry.Text("target")} {entry.Flag("isAlias") == true}", StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
    }

    private static async Task PutTagsAsync(RestoreWork work, string look, string member, string answer, JsonElement wanted, CancellationToken cancel)
    {
        List<JsonElement> tags = [.. wanted.Items("tags")], had = [.. (await FindAsync(work, look, member, answer, cancel)).Items("tags")];
        var changed = tags.Where(tag => !had.Any(other => other.Text("key") == tag.Text("key") && other.Text("value") == tag.Text("value"))).ToList();
        if (changed.Count > 0)
            await SendAsync(work, JsonRequest.Of("TagResource", json =>
            {
                json.WriteString("resourceName", work.RequiredId);
                json.WriteVerbatim("tags", changed);
            }), cancel);
        var gone = had.Select(tag => tag.Text("key")).Except(tags.Select(tag => tag.Text("key"))).ToList();
        if (gone.Count == 0) return;
        await SendAsync(work, JsonRequest.Of("UntagResource", json =>
        {
            json.WriteString("resourceName", work.RequiredId);
            json.WriteStartArray("tagKeys");
            foreach (var key in gone) json.WriteStringValue(key);
            json.WriteEndArray();
        }), cancel);
    }

    private static async Task<JsonElement> FindAsync(RestoreWork work, string operation, string member, string answer, CancellationToken cancel, string? name = null)
    {
        try
        {
            return (await SendAsync(work, JsonRequest.Of(operation, (member, name ?? work.Name)), cancel)).Json().Member(answer);
        }
        catch (ServiceException exception) when (exception.Kind == FailureKind.NotFound || exception.Code == Found)
        {
            return default;
        }
    }

    // A call whose answer was lost is refused when it is repeated.
    private static async Task SendOnceAsync(RestoreWork work, WireRequest request, Func<Task<bool>> isDone, CancellationToken cancel)
    {
        try
        {
            await SendAsync(work, request, cancel);
        }
        catch (ServiceException exception) when (exception.Code == "InvalidInputException")
        {
            if (!await isDone()) throw;
        }
    }

    // Something is being done to it, or was made a moment ago.
    private static Task<WireResponse> SendAsync(RestoreWork work, WireRequest request, CancellationToken cancel) =>
        work.SendAsync(work.Wire(LightsailService.Service), request, exception => exception.Code is "OperationFailureException" && exception.Message.Contains("state", StringComparison.OrdinalIgnoreCase), cancel);

    private static bool IsAtHome(RestoreWork work) => work.Region == work.Resource.Region && work.Map.Of(work.Snapshot.Account ?? "") == (work.Snapshot.Account ?? "");

    // That which was made with the snapshot, else the newest that there was.
    private static string? SnapshotOf(RestoreWork work, string instance) =>
        (work.Resource.Kind == LightsailKind.Instance ? work.Original.Json(InstanceView.Snapshot).Member("instanceSnapshot") is { ValueKind: JsonValueKind.Object } own && own.Text("state") != "error" ? own.Text("name") : null : null)
        ?? ResourceList.Read(work.SnapshotFiles.Folder).Values.Where(resource => resource.Layer == LightsailLayer.LayerName && resource.Kind == Snapshot && resource.Region == work.Resource.Region && resource.Description == instance)
            .MaxBy(resource => resource.CreatedAt)?.Name;
}
