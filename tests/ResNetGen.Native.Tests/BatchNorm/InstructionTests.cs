using TorchSharp;

namespace ResNetGen.Native.Tests.BatchNorm;

/// <summary>The kernels exist for several sets of instructions; a processor picks one. All that this processor has are tried.</summary>
public class InstructionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_set_of_instructions_gives_torchs_values(int level)
    {
        var tests = new ValueTests();
        try
        {
            if (NativeMethods.rn_batch_norm_instructions(level) != level) return; // this processor has less: tried already
            foreach (torch.ScalarType type in (torch.ScalarType[])[torch.ScalarType.Float64, torch.ScalarType.Float32, torch.ScalarType.BFloat16])
            {
                tests.Every_size_in_every_type_and_layout(type, channelsLast: true);
                tests.Evaluation_mode(type, channelsLast: true);
            }
        }
        finally
        {
            NativeMethods.rn_batch_norm_instructions(3);
        }
    }

    [Theory]
    [MemberData(nameof(ValueTests.TypesAndLayouts), MemberType = typeof(ValueTests))]
    public void Any_number_of_threads_gives_the_same_bits(torch.ScalarType type, bool channelsLast)
    {
        int before = torch.get_num_threads();
        try
        {
            foreach (Case some in (Case[])
                [
                    new(type, 16, 16, 32, 32, channelsLast, Addend: Addend.Same),
                    new(type, 8, 64, 13, 13, channelsLast),
                    new(type, 8, 32, 16, 16, channelsLast, Addend: Addend.OptionA, Padding: new(2, 8, 8)),
                ])
            {
                torch.set_num_threads(1);
                Results one = some.Fused();
                torch.set_num_threads(3);
                one.AreSameBits(some.Fused());
            }
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }
}
