// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>

namespace {

constexpr qreal BodyPartLight = 0.16;
constexpr qreal BodyPartDark = 0.22;
constexpr qreal MutedPart = 0.4;
constexpr auto RefusedProperty = "refused";

/**
 * Fusion without the coloured pictures that it puts on the buttons of dialogs, and with check boxes
 * and radio buttons whose edges can be seen: its own are darker than a dark window.
 */
class PlainFusion : public QProxyStyle
{
public:
    PlainFusion()
        : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
    {}

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override
    {
        return hint == SH_DialogButtonBox_ButtonsHaveIcons
                   ? 0
                   : QProxyStyle::styleHint(hint, option, widget, data);
    }

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override
    {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        if (control == CC_ComboBox || control == CC_SpinBox)
            drawEdge(option, painter, widget);
    }

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        if (element != PE_IndicatorCheckBox && element != PE_IndicatorRadioButton) {
            QProxyStyle::drawPrimitive(element, option, painter, widget);
            if (element == PE_FrameLineEdit ||
                (element == PE_Frame && qobject_cast<const QPlainTextEdit *>(widget)))
                drawEdge(option, painter, widget);
            return;
        }
        const Theme &theme = Theme::of(option->palette);
        const bool isEnabled = option->state.testFlag(State_Enabled);
        const bool isOn = option->state.testFlag(State_On);
        const bool isRadio = element == PE_IndicatorRadioButton;
        const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        const QColor accent = isEnabled ? theme.accent : theme.separator;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(isOn ? accent : isEnabled ? theme.border : theme.separator);
        painter->setBrush(isOn && !isRadio ? accent : isEnabled ? theme.base : theme.window);
        if (isRadio) {
            painter->drawEllipse(box);
        } else {
            painter->drawRoundedRect(box, 2, 2);
        }
        if (isOn && isRadio) {
            const qreal inset = box.width() * 0.25;
            painter->setBrush(accent);
            painter->setPen(Qt::NoPen);
            painter->drawEllipse(box.adjusted(inset, inset, -inset, -inset));
        } else if (isOn) {
            painter->setBrush(Qt::NoBrush);
            painter->setPen(QPen(theme.base, box.width() / 8, Qt::SolidLine, Qt::RoundCap));
            const auto at = [&box](qreal x, qreal y) {
                return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
            };
            painter->drawPolyline(QPolygonF({at(0.22, 0.54), at(0.42, 0.74), at(0.8, 0.3)}));
        }
        painter->restore();
    }

private:
    /** Fusion's own is a shade of the window, which on dark can hardly be seen. */
    static void drawEdge(const QStyleOption *option, QPainter *painter, const QWidget *widget)
    {
        const bool isRefused = widget && isMarkedRefused(widget);
        if (option->state & State_HasFocus && !isRefused)
            return;
        const Theme &theme = Theme::of(option->palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(isRefused                       ? QPen(theme.error, 2)
                        : option->state & State_Enabled ? QPen(theme.border)
                                                        : QPen(theme.separator));
        const qreal half = painter->pen().widthF() / 2;
        painter->drawRoundedRect(QRectF(option->rect).adjusted(half, half, -half, -half), 2, 2);
        painter->restore();
    }
};

Theme makeLight()
{
    Theme t;
    t.dark = false;
    t.window = QColor(0xEFF0F1);
    t.base = QColor(0xFFFFFF);
    t.alternate = QColor(0xF6F7F8);
    t.lane = QColor(0xFFFFFF);
    t.beyond = QColor(0xF6F7F8);
    t.text = QColor(0x232629);
    t.secondary = QColor(0x555B61);
    t.border = QColor(0x83898F);
    t.accent = QColor(0x1A6BB0);
    t.highlight = QColor(0x1A6BB0);
    t.selectedRow = QColor(0xD5E6F5);
    t.snap = QColor(0x00796B);
    t.marker = QColor(0x5B4FA0);
    t.bandInner = QColor(0xCBDCEB);
    t.bandOuter = QColor(0xE7EFF6);
    t.separator = QColor(0xC9CDD1);
    t.grid = QColor(0xE4E7EA);
    t.severities = {{{QColor(0x5AA3C9), QColor(0x0D1E28), QColor(0x2A6F93)},
                     {QColor(0xF0C419), QColor(0x2A2200), QColor(0x856A00)},
                     {QColor(0xC94F00), QColor(0xFFFFFF), QColor(0x9A3C00)},
                     {QColor(0x8C0F4B), QColor(0xFFFFFF), QColor(0x6A0838)}}};
    t.states = {QColor(0x62686E), QColor(0x4656C2), QColor(0x0B736A),
                QColor(0x875100), QColor(0x1A6BB0), QColor(0x1B7A33),
                QColor(0xBF1722), QColor(0x62686E), QColor(0x93379A)};
    t.warning = QColor(0x875100);
    t.error = QColor(0xBF1722);
    return t;
}

Theme makeDark()
{
    Theme t;
    t.dark = true;
    t.window = QColor(0x2A2E32);
    t.base = QColor(0x1B1E20);
    t.alternate = QColor(0x212528);
    t.lane = QColor(0x1F2326);
    t.beyond = QColor(0x181B1D);
    t.text = QColor(0xF2F3F4);
    t.secondary = QColor(0xB4BAC0);
    t.border = QColor(0x7C848B);
    t.accent = QColor(0x5DB2F5);
    t.highlight = QColor(0x2A73B2);
    t.selectedRow = QColor(0x244A69);
    t.snap = QColor(0x4FD1BD);
    t.marker = QColor(0xB3A6F5);
    t.bandInner = QColor(0x2C3A47);
    t.bandOuter = QColor(0x232B32);
    t.separator = QColor(0x42484E);
    t.grid = QColor(0x2B3034);
    t.severities = {{{QColor(0x88BCE6), QColor(0x0B1A22), QColor(0x88BCE6)},
                     {QColor(0xF5DF4D), QColor(0x2A2200), QColor(0xF5DF4D)},
                     {QColor(0xF0914F), QColor(0x2A1200), QColor(0xF0914F)},
                     {QColor(0xE2447C), QColor(0x12000A), QColor(0xE2447C)}}};
    t.states = {QColor(0xA7AEB5), QColor(0xA5B1FF), QColor(0x4FD1BD),
                QColor(0xF0B450), QColor(0x5DB2F5), QColor(0x5FCB7C),
                QColor(0xFF8288), QColor(0xA7AEB5), QColor(0xE59BEB)};
    t.warning = QColor(0xF0B450);
    t.error = QColor(0xFF8288);
    return t;
}

} // namespace

QColor mixed(const QColor &from, const QColor &to, qreal part)
{
    return QColor::fromRgbF(float(from.redF() + (to.redF() - from.redF()) * part),
                            float(from.greenF() + (to.greenF() - from.greenF()) * part),
                            float(from.blueF() + (to.blueF() - from.blueF()) * part));
}

QColor Theme::blockBody(Severity severity, bool muted) const
{
    const qreal part = dark ? BodyPartDark : BodyPartLight;
    return mixed(lane, ink(severity).fill, muted ? part * MutedPart : part);
}

const Theme &Theme::light()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme &Theme::dimmed()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme &Theme::stage(bool dark)
{
    static const Theme lit = [] {
        Theme theme = light();
        theme.window = QColor(0xFFFFFF);
        theme.base = QColor(0xF6F7F8);
        return theme;
    }();
    static const Theme unlit = [] {
        Theme theme = dimmed();
        theme.window = QColor(0x141719);
        return theme;
    }();
    return dark ? unlit : lit;
}

const Theme &Theme::of(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? dimmed() : light();
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, base);
    p.setColor(QPalette::AlternateBase, alternate);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, secondary);
    p.setColor(QPalette::Button, dark ? QColor(0x31363B) : QColor(0xFCFCFC));
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, QColor(Qt::white));
    p.setColor(QPalette::Highlight, highlight);
    p.setColor(QPalette::HighlightedText, QColor(Qt::white));
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, marker);
    p.setColor(QPalette::ToolTipBase, dark ? QColor(0xF2F3F4) : QColor(0x232629));
    p.setColor(QPalette::ToolTipText, dark ? QColor(0x232629) : QColor(0xF2F3F4));
    p.setColor(QPalette::Light, dark ? QColor(0x3A4046) : QColor(0xFFFFFF));
    p.setColor(QPalette::Midlight, dark ? QColor(0x363B40) : QColor(0xF6F7F8));
    p.setColor(QPalette::Mid, separator);
    p.setColor(QPalette::Dark, border);
    p.setColor(QPalette::Shadow, dark ? QColor(0x101214) : QColor(0x83898F));
    const QColor faded = mixed(window, text, 0.42);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, faded);
    p.setColor(QPalette::Disabled, QPalette::Base, window);
    p.setColor(QPalette::Disabled, QPalette::PlaceholderText, faded);
    p.setColor(QPalette::Disabled, QPalette::Highlight, separator);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, faded);
    return p;
}

void markRefused(QWidget *field, bool isRefused)
{
    if (isMarkedRefused(field) == isRefused)
        return;
    field->setProperty(RefusedProperty, isRefused);
    field->update();
}

bool isMarkedRefused(const QWidget *field)
{
    return field->property(RefusedProperty).toBool();
}

void applyAppearance(Appearance appearance)
{
    static const bool systemIsDark = Theme::of(QApplication::palette()).dark;
    const bool dark =
        appearance == Appearance::Dark || (appearance == Appearance::System && systemIsDark);
    static QStyle *style = nullptr; // the application's own from here on
    if (!style) {
        style = new PlainFusion;
        QApplication::setStyle(style);
    }
    QApplication::setPalette((dark ? Theme::dimmed() : Theme::light()).palette());
}
