import Testing
import Views

@Suite struct ProgressTextTests {
    private let half = ApplyProgress(planned: 40, ended: 12, seconds: 24)

    @Test func `count, rate and the time that is left, with a bar where there is room`() {
        #expect(
            ProgressText.line(half, width: 80)
                == "[###########----------------------------] 12/40 · 30 a minute · about 56 s left")
        #expect(ProgressText.line(half, width: 60) == "[#####--------------] 12/40 · 30 a minute · about 56 s left")
        #expect(ProgressText.line(half, width: 40) == "12/40 · 30 a minute · about 56 s left")
    }

    @Test func `a narrow terminal gets less`() {
        #expect(ProgressText.line(half, width: 30) == "12/40 · 30 a minute")
        #expect(ProgressText.line(half, width: 12) == "12/40")
        #expect(ProgressText.line(half, width: 4) == "12/")
        #expect(ProgressText.line(half, width: 1).isEmpty)
    }

    @Test func `nothing is guessed from nothing`() {
        #expect(ProgressText.line(ApplyProgress(planned: 3, ended: 0, seconds: 5), width: 20) == "[-------------] 0/3")
        #expect(ProgressText.line(ApplyProgress(planned: 3, ended: 1, seconds: 0), width: 15) == "1/3")
        #expect(!ProgressText.line(ApplyProgress(planned: 3, ended: 3, seconds: 60), width: 80).contains("left"))
    }

    @Test(arguments: 0...100)
    func `it never reaches the last column`(width: Int) {
        let line = ProgressText.line(ApplyProgress(planned: 123_456, ended: 999, seconds: 3601), width: width)
        #expect(line.count < max(1, width) || line.isEmpty)
        #expect(!line.contains("\n"))
    }
}
