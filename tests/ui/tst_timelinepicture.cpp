// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinepicture.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QPainter>
#include <QPdfWriter>
#include <QTest>

using namespace std::chrono_literals;

class TestTimelinePicture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paintsEveryLane_data();
    void paintsEveryLane();
    void fitsIntoItsRectangle_data();
    void fitsIntoItsRectangle();
    void growsWithItsLanes();
    void isSharpWhenEnlarged();
    void goesOntoPaper();
    void paintsAnEmptyTimeline();

private:
    static TimelineScene sceneOf(int count, int lanes);
    static Timeline named(const QString &name)
    {
        Timeline timeline;
        timeline.name = name;
        return timeline;
    }
    static QImage imageOf(TimelinePicture &picture, QSize size);
};

TimelineScene TestTimelinePicture::sceneOf(int count, int lanes)
{
    TimelineScene scene;
    for (int lane = 0; lane < lanes; ++lane) {
        scene.lanes.push_back({QStringLiteral("service-%1").arg(lane), 0, false, lane == 1, false});
    }
    for (int i = 0; i < count; ++i) {
        SceneBlock block;
        block.start = 90s * i;
        block.duration = 60s;
        block.title = QStringLiteral("Incident %1").arg(i);
        block.lane = i % lanes;
        block.severity = Severity(block.lane % 4);
        ++scene.lanes[size_t(block.lane)].count;
        scene.blocks.push_back(block);
    }
    scene.markers = {{100s, QStringLiteral("Wave"), QStringLiteral("notes")}};
    scene.duration = 90s * std::max(1, count);
    return scene;
}

QImage TestTimelinePicture::imageOf(TimelinePicture &picture, QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    picture.paint(&painter, QRectF({0, 0}, QSizeF(size)));
    return image;
}

void TestTimelinePicture::paintsEveryLane_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestTimelinePicture::paintsEveryLane()
{
    QFETCH(bool, dark);
    const Theme &theme = dark ? Theme::darkTheme() : Theme::light();
    TimelinePicture picture(named(QStringLiteral("A storm")), sceneOf(8, 4),
                            QGuiApplication::font(), theme);
    const QImage image = imageOf(picture, picture.sizeFor(1600).toSize());
    for (int severity = 0; severity < 4; ++severity) {
        int hits = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); x += 1) {
                hits += image.pixel(x, y) == theme.ink(Severity(severity)).edge.rgb();
            }
        }
        QVERIFY2(hits > 100, qPrintable(QString::number(severity)));
    }
    QVERIFY(image.pixelColor(2, 2) == theme.window);
}

void TestTimelinePicture::fitsIntoItsRectangle_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("lanes");
    QTest::newRow("wide") << QSize(1600, 500) << 3;
    QTest::newRow("high") << QSize(600, 1200) << 3;
    QTest::newRow("A4 across, many lanes") << QSize(1123, 794) << 30;
    QTest::newRow("tiny") << QSize(120, 80) << 3;
}

void TestTimelinePicture::fitsIntoItsRectangle()
{
    QFETCH(QSize, size);
    QFETCH(int, lanes);
    TimelinePicture picture({}, sceneOf(60, lanes), QGuiApplication::font());
    QImage image(size + QSize(40, 40), QImage::Format_RGB32);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    picture.paint(&painter, QRectF({20, 20}, QSizeF(size)));
    painter.end();
    for (int x = 0; x < image.width(); ++x) {
        QCOMPARE(image.pixelColor(x, 18), QColor(Qt::magenta));
        QCOMPARE(image.pixelColor(x, image.height() - 18), QColor(Qt::magenta));
    }
    for (int y = 0; y < image.height(); ++y) {
        QCOMPARE(image.pixelColor(18, y), QColor(Qt::magenta));
        QCOMPARE(image.pixelColor(image.width() - 18, y), QColor(Qt::magenta));
    }
    QVERIFY(image.pixelColor(22, 22) != QColor(Qt::magenta));
}

void TestTimelinePicture::growsWithItsLanes()
{
    TimelinePicture few({}, sceneOf(6, 2), QGuiApplication::font());
    TimelinePicture many({}, sceneOf(6, 6), QGuiApplication::font());
    QVERIFY(many.sizeFor(1600).height() > few.sizeFor(1600).height());
    QCOMPARE(few.sizeFor(1234).width(), 1234.0);
}

void TestTimelinePicture::isSharpWhenEnlarged()
{
    // Enlarged four times, the edge of a block is still one colour beside another.
    TimelinePicture picture({}, sceneOf(2, 2), QGuiApplication::font());
    const QSize size = picture.sizeFor(TimelinePicture::UsualWidth).toSize() * 4;
    const QImage image = imageOf(picture, size);
    const QRgb edge = Theme::light().ink(Severity::Low).edge.rgb();
    int longest = 0;
    for (int y = 0; y < image.height(); y += 7) {
        int run = 0;
        for (int x = 0; x < image.width() / 3; ++x) {
            run = image.pixel(x, y) == edge ? run + 1 : 0;
            longest = std::max(longest, run);
        }
    }
    QVERIFY(longest >= 10);
}

void TestTimelinePicture::goesOntoPaper()
{
    TimelinePicture picture({}, sceneOf(12, 3), QGuiApplication::font());
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    QPdfWriter writer(&buffer);
    writer.setPageOrientation(QPageLayout::Landscape);
    QPainter painter(&writer);
    picture.paint(&painter, QRectF({0, 0}, QSizeF(writer.width(), writer.height())));
    painter.end();
    QVERIFY(buffer.data().startsWith("%PDF"));
    QVERIFY(buffer.data().size() > 4000);
}

void TestTimelinePicture::paintsAnEmptyTimeline()
{
    TimelinePicture picture({}, {}, QGuiApplication::font());
    const QImage image = imageOf(picture, picture.sizeFor(800).toSize());
    QVERIFY(image.height() > 50);
    QVERIFY(image.pixelColor(3, 3) == Theme::light().window);
}

QTEST_MAIN(TestTimelinePicture)
#include "tst_timelinepicture.moc"
