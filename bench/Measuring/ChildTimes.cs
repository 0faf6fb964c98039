using System.Runtime.InteropServices;

namespace JadaSnapshot.Bench.Measuring;

/// <summary>The processor time that ended children of this process have used, and their own ended children.</summary>
internal static partial class ChildTimes
{
    private const int Children = -1;

    public static TimeSpan Now()
    {
        if (GetResourceUse(Children, out var use) != 0) throw new InvalidOperationException("The processor time of children cannot be read.");
        return use.User.ToTimeSpan() + use.System.ToTimeSpan();
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUse(int who, out ResourceUse use);

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct Time
    {
        public nint Seconds;
        public int Microseconds;

        public readonly TimeSpan ToTimeSpan() => TimeSpan.FromSeconds(Seconds) + TimeSpan.FromMicroseconds(Microseconds);
    }

    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct ResourceUse
    {
        public Time User;
        public Time System;
    }
}
