extern alias generators;

using generators::ResNetGen.Architecture;
using generators::ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Tests.CodeFixes;

/// <summary>What the analyzers write into a diagnostic is what the code fixes read from it.</summary>
public class FixDataTests
{
    [Fact]
    public void Fixes_come_back_as_they_were()
    {
        Fix first = Fix.Of(Edit.Set("Depth", "20"), Edit.LeaveOut("Stages", at: 2));
        Fix second = Fix.Of(new Edit(EditKind.InsertMember, "[Flatten]", "[Flatten]\n\tpublic partial Layer Flat { get; }"));
        EquatableArray<Fix> fixes = [first, second];
        Assert.Equal(fixes, Fix.Read(Fix.Write(fixes)));
        Assert.Empty(Fix.Read(Fix.Write([])));
    }
}
