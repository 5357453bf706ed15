using System.Text;

namespace ResNetGen.Architecture;

/// <summary>Turns the name of a property into the key of its layer, as Python would write it.</summary>
public static class SnakeCase
{
    /// <summary>
    /// <c>Layer3</c> → <c>layer3</c>, <c>StemConv</c> → <c>stem_conv</c>, <c>BNReLU</c> → <c>bn_re_lu</c>: a word begins at a capital that
    /// follows a small letter or digit, or that a small letter follows.
    /// </summary>
    /// <param name="name">A C# identifier.</param>
    public static string Of(string name)
    {
        var key = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool begins = char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins)
                key.Append('_');

            key.Append(char.ToLowerInvariant(name[i]));
        }

        return key.ToString();
    }
}
