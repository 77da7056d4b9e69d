using Elman.Kernels;

namespace Elman.Tests.Kernels.Lanes;

public class Lane256SingleTests : LaneContract<Lane256<float>, float>;

public class Lane256DoubleTests : LaneContract<Lane256<double>, double>;
