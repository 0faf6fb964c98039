namespace JadaSnapshot.Engine.Store;

/// <summary>What is the matter with a store or a snapshot. The names are stable: error ids are made of them.</summary>
public enum StoreFault
{
    /// <summary>The name cannot be a snapshot's name.</summary>
    InvalidName,

    /// <summary>There is something of that name in the store.</summary>
    SnapshotExists,

    /// <summary>The store cannot be made or written to.</summary>
    StoreNotWritable,

    /// <summary>Another run is taking the snapshot of that name.</summary>
    InUse,

    /// <summary>An unfinished snapshot of that name was begun with other parameters.</summary>
    OtherOrder,

    /// <summary>The snapshot that was named as the base cannot be one.</summary>
    UnfitBase,

    /// <summary>The folder is not a snapshot.</summary>
    NotASnapshot,

    /// <summary>There is no room left.</summary>
    DiskFull,

    /// <summary>What is on disk is not what was written.</summary>
    Damaged,

    /// <summary>More would be deleted than may be.</summary>
    DeleteLimit,

    /// <summary>The source holds nothing at all: that is no reason to delete what was copied from it.</summary>
    EmptySource,

    /// <summary>The source does not hold everything that it should: what it lacks is no reason to delete.</summary>
    IncompleteSource,

    /// <summary>The snapshot is of another account.</summary>
    OtherAccount,

    /// <summary>The bucket takes no locks.</summary>
    NoObjectLock,

    /// <summary>The bucket that is to hold copies keeps no versions.</summary>
    NotVersioned,

    /// <summary>A snapshot that is to be removed holds what no capture wrote.</summary>
    UnknownFiles,
}

/// <summary>A store or a snapshot that cannot be used as it was asked to. The message says why and what to do.</summary>
public sealed class StoreException(StoreFault fault, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What is the matter.</summary>
    public StoreFault Fault { get; } = fault;

    internal static bool IsDiskFull(Exception exception) => exception is IOException && (OperatingSystem.IsWindows()
        ? (exception.HResult & 0xFFFF) is 0x70 or 0x27
        : exception.HResult is 28 || exception.HResult == (OperatingSystem.IsMacOS() ? 69 : 122));

    internal static StoreException NotWritable(string store, string verb, Exception exception) =>
        new(StoreFault.StoreNotWritable, $"The store {store} cannot be {verb}: {exception.Message}", exception);

    internal static StoreException DiskFull(Exception exception) => new(StoreFault.DiskFull,
        "The store's disk is full (or its quota is used up). Make room and run the same command again: it continues where this one stopped.", exception);
}
