using Elman.Kernels;

namespace Elman.Tests.Kernels.Lanes;

public class Lane128SingleTests : LaneContract<Lane128<float>, float>;

public class Lane128DoubleTests : LaneContract<Lane128<double>, double>;
