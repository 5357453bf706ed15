namespace ResNetGen.RandomNetworks.Tests.Draws;

/// <summary>Decisions, read off numbers that FsCheck has drawn; once they are used up, the first option is taken.</summary>
internal sealed class Choices(int[] numbers)
{
    private int _next;

    /// <summary>A number from 0 to below a bound.</summary>
    public int Below(int bound) => _next < numbers.Length ? numbers[_next++] % bound : 0;

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == times - 1;

    /// <summary>One of several.</summary>
    public T Of<T>(params T[] options) => options[Below(options.Length)];
}
