namespace JadaSnapshot.Engine.Estate;

/// <summary>Finds the name that someone probably meant.</summary>
internal static class NearestName
{
    /// <summary><c> Did you mean 'store'?</c>; empty where no name is near.</summary>
    public static string Question(string given, IEnumerable<string> names) => Of(given, names) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>The name that takes the fewest edits, where these are no more than one in three letters.</summary>
    public static string? Of(string given, IEnumerable<string> names) =>
        (from name in names
         let distance = name.Equals(given, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(given, name)
         where distance <= Math.Max(1, Math.Min(given.Length, name.Length) / 3) && name != given
         orderby distance, name
         select name).FirstOrDefault();

    /// <summary>Letters to add, remove, replace, or swap with the next one (optimal string alignment).</summary>
    private static int Distance(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > Math.Min(from.Length, to.Length)) return int.MaxValue;
        var (before, previous, current) = (new int[to.Length + 1], new int[to.Length + 1], new int[to.Length + 1]);
        for (var column = 0; column <= to.Length; column++) previous[column] = column;
        for (var row = 1; row <= from.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= to.Length; column++)
            {
                var isSame = from[row - 1] == to[column - 1];
                current[column] = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + (isSame ? 0 : 1));
                if (row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1]) current[column] = Math.Min(current[column], before[column - 2] + 1);
            }
            (before, previous, current) = (previous, current, before);
        }
        return previous[to.Length];
    }
}
