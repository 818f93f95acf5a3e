from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("answers", "0002_response_version")]

    operations = [
        migrations.AlterField(
            model_name="response",
            name="submitted_at",
            field=models.DateTimeField(null=True),
        ),
    ]
