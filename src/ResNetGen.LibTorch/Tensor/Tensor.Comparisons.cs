using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // Element by element: a test for null is `is null`.
        public static Tensor operator ==(Tensor left, Tensor right) => Required(left).eq(right);

        public static Tensor operator ==(Tensor left, Scalar right) => Required(left).eq(right);

        public static Tensor operator ==(Scalar left, Tensor right) => Required(right).eq(left);

        public static Tensor operator !=(Tensor left, Tensor right) => Required(left).ne(right);

        public static Tensor operator !=(Tensor left, Scalar right) => Required(left).ne(right);

        public static Tensor operator !=(Scalar left, Tensor right) => Required(right).ne(left);

        public static Tensor operator <(Tensor left, Tensor right) => Required(left).lt(right);

        public static Tensor operator <(Tensor left, Scalar right) => Required(left).lt(right);

        public static Tensor operator <(Scalar left, Tensor right) => Required(right).gt(left);

        public static Tensor operator <=(Tensor left, Tensor right) => Required(left).le(right);

        public static Tensor operator <=(Tensor left, Scalar right) => Required(left).le(right);

        public static Tensor operator <=(Scalar left, Tensor right) => Required(right).ge(left);

        public static Tensor operator >(Tensor left, Tensor right) => Required(left).gt(right);

        public static Tensor operator >(Tensor left, Scalar right) => Required(left).gt(right);

        public static Tensor operator >(Scalar left, Tensor right) => Required(right).lt(left);

        public static Tensor operator >=(Tensor left, Tensor right) => Required(left).ge(right);

        public static Tensor operator >=(Tensor left, Scalar right) => Required(left).ge(right);

        public static Tensor operator >=(Scalar left, Tensor right) => Required(right).le(left);

        public static Tensor operator &(Tensor left, Tensor right) => rt_bitwise_and(left, right);

        public static Tensor operator |(Tensor left, Tensor right) => rt_bitwise_or(left, right);

        public static Tensor operator ^(Tensor left, Tensor right) => rt_bitwise_xor(left, right);

        public static Tensor operator ~(Tensor left) => rt_bitwise_not(left);
    }
}
